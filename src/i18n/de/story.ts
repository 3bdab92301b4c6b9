/** Die Geschichte auf Deutsch: acht Kapitel, das Quiz, die zehn Fragen. Kurze Sätze, in jedem ein Gedanke. */
import type { Facts, StoryStrings } from '../en/story';
import { count, decimal, list, percent, tenth } from './numbers';

export const story: StoryStrings = {
  title: 'Die Geschichte',
  intro: [
    'Acht kurze Kapitel. In jedem sagst du erst etwas voraus, probierst es aus und siehst dann, was daraus wird. Jedes dauert zwei bis vier Minuten, und die Reihenfolge ist dir überlassen.',
    'Ist die Seite einmal da, geht es auch ohne Netz. Was du schreibst, bleibt auf diesem Gerät.',
  ],
  chapter: (number, of) => `Kapitel ${number} von ${of}`,
  contents: 'Alle Kapitel',
  start: 'Anfangen',
  goOn: 'Weitermachen',
  next: 'Nächstes Kapitel',
  previous: 'Kapitel davor',
  found: 'geschafft',
  claim: 'Was dieses Kapitel sagt',
  predict: 'Erst voraussagen',
  predictHelp: 'Es gibt keine Noten. Aus einer falschen Vermutung lernt man so viel wie aus einer richtigen.',
  fix: 'Das ist meine Voraussage',
  notANumber: 'Gib eine Zahl an.',
  do: 'Jetzt probier es aus',
  shown: 'Was daraus wurde',
  yours: 'Du hast vorausgesagt',
  came: 'Es war',
  asPredicted: 'Wie du vorausgesagt hast.',
  otherwise: 'Anders, als du vorausgesagt hast.',
  again: 'Noch einmal von vorn',
  equation: 'Die Gleichung',
  play: (name) => `Abspielen: ${name}`,
  played: (seen, of) => `${seen} von ${of} gesehen und gelesen`,
  loading: 'Die Bilder sind unterwegs …',
  lacking:
    'Die Bilder zu diesem Kapitel ließen sich nicht holen. Prüf die Verbindung und öffne das Kapitel noch einmal.',

  chapters: {
    noise: {
      title: 'Aus dem Rauschen',
      claim:
        'Jeder Film beginnt hier als reines Rauschen. Es gibt keinen Vorrat an Filmen, und im Rauschen steckt auch keiner.',
      before: () => [
        'Die Kugel zeigt einen Film vor seinem ersten Schritt. Noch ist nichts darin. Jedes Pixel hat seine Farbe durch Zufall, wie gewürfelt.',
        'Aus solchem Rauschen macht das Netz einen Film, Schritt für Schritt. In jedem Schritt vermutet es, wie der fertige Film aussehen könnte. Dann rückt das Bild ein Stück auf diese Vermutung zu.',
        'Jedes Rauschen hat eine Nummer, die Startzahl. Dieselbe Startzahl gibt dasselbe Rauschen, Pixel für Pixel. So können wir zwei Filme mit einem Rauschen beginnen und nur die Wörter ändern.',
      ],
      ask: {
        alike: {
          question:
            'Zwei Filme beginnen mit genau demselben Rauschen. Nur die Wörter sind andere. Wie ähnlich werden sich die Filme?',
          choices: {
            same: 'Es wird derselbe Film: Er steckte schon im Rauschen',
            some: 'Fast gleich, nur manches ist anders',
            other: 'Es werden zwei ganz verschiedene Filme',
          },
        },
      },
      deed: 'Spiel einen Film mit demselben Rauschen und anderen Wörtern ab. Dann einen mit denselben Wörtern und anderem Rauschen.',
      films: {
        'story/same-noise-heart.snow': 'dasselbe Rauschen, „a big pink heart“',
        'story/same-noise-fish.snow': 'dasselbe Rauschen, „a big orange fish“',
        'story/other-noise-1.snow': 'dieselben Wörter, anderes Rauschen',
        'story/other-noise-2.snow': 'dieselben Wörter, noch ein Rauschen',
      },
      reveal: ({ words, seeds, likeness }) =>
        `Dasselbe Rauschen, andere Wörter: ${percent(words)} des Bildes sehen anders aus. Dieselben Wörter, anderes Rauschen: ${percent(seeds)}. Und dein letzter Film folgt dem Rauschen, aus dem er kam, zu ${percent(likeness)}; bei 100 % wäre er eine Kopie davon.`,
      after: ({ parameters, megabytes, clips }: Facts) => [
        `Sucht es also in einem Vorrat an Filmen? Nein. Von den Filmen, die es beim Lernen sah, hat es keinen behalten. Es besteht aus ${count(parameters)} Zahlen, in einer Datei von ${decimal(megabytes)} MB. Die ${count(clips)} Filme wären mehr als zweitausend Mal so groß.`,
        'Liegt der Film unter dem Rauschen, wie ein Stein unter dem Schnee? Nein. Aus ein und demselben Rauschen kam ein Ball bei Nacht und ein Fisch auf See. Das Rauschen ist der Start, die Wörter geben den Weg.',
        'Warum machen zwei Startzahlen zwei Filme? Die Wörter sagen, was da sein soll. Sie sagen nicht genau, wo, und nicht, wie hoch es springt. Was die Wörter offen lassen, macht das Rauschen aus.',
        'Ist das Netz geladen, dann drück auf „Schütteln“. Das ist frisches Rauschen, mit einer neuen Startzahl.',
      ],
      equation:
        'z₀ ist das, womit es beginnt, und ε ist das Rauschen: für jedes Pixel und jede Farbe eine Zahl aus Zufall. Der Film x kommt darin nicht vor.',
    },

    wrecking: {
      title: 'Lernen durch Verderben',
      claim:
        'Gelernt hat es an einer einzigen Übung, immer wieder: Hier ist ein Film unter Rauschen, nun errate den Film.',
      before: () => [
        'Wie lernt ein Netz, aus Rauschen Filme zu machen? Indem man es umdreht. Einen Film zu verderben ist leicht: Man legt Rauschen darüber.',
        'Unten stehen vier Bilder aus einem kleinen Film. Unser eigenes Programm hat ihn gezeichnet, wir wissen also, was er zeigt. Dann kam Rauschen darüber.',
        'Das Netz bekam denselben Film mit demselben Rauschen, und keine Wörter. Was es vermutet hat, ist aufgezeichnet. Du siehst es, wenn du selbst geraten hast.',
      ],
      ask: {
        at95: {
          question: '95 % Rauschen. Was ist in dem Film zu sehen?',
          choices: { ball: 'ein Ball', heart: 'ein Herz', boat: 'ein Boot', fish: 'ein Fisch' },
        },
        at80: {
          question: '80 % Rauschen. Und jetzt?',
          choices: { ball: 'ein Ball', heart: 'ein Herz', boat: 'ein Boot', fish: 'ein Fisch' },
        },
        at50: {
          question: '50 % Rauschen. Was sagst du nun?',
          choices: { ball: 'ein Ball', heart: 'ein Herz', boat: 'ein Boot', fish: 'ein Fisch' },
        },
      },
      deed: 'Zieh den Regler hinunter, bis kein Rauschen mehr da ist, und sieh, was es war.',
      films: {},
      reveal: ({ thing, levels }) => {
        const right = (whose: 'yours' | 'its') => levels.filter((level) => level[whose] === thing).length;
        const [first, last] = [levels[0], levels[levels.length - 1]];
        return `Es war ${nameOf(thing)}. Du hast das bei ${right('yours')} von ${levels.length} Stufen gesehen. In der Vermutung des Netzes war es bei ${right('its')} zu sehen. Bei ${percent(first.noise)} Rauschen lagen seine Pixel um ${percent(first.off)} daneben, bei ${percent(last.noise)} um ${percent(last.off)}.`;
      },
      after: ({ clips, minutes, gpuClips, gpuMinutes }: Facts) => [
        'Mehr ist am Training nicht. Man nimmt einen Film und legt Rauschen darüber. Das Netz rät, wie der Film war, und man misst, wie weit es daneben liegt. Dann ändert man jede seiner Zahlen ein klein wenig, so dass es besser rät. Dann kommt der nächste Film.',
        `Dieses Netz tat das mit ${count(clips)} Filmen und sah jeden nur einmal. Wir, die diese Seite gemacht haben, haben es trainiert: ${count(minutes)} Minuten lang auf einem normalen Rechner, und dann ${gpuMinutes} Minuten auf einem der Chips, auf denen große Systeme lernen. In diesen ${gpuMinutes} Minuten sah es ${count(gpuClips)} der Filme. Alle Filme hat unser Programm gezeichnet. Aus dem Internet kam keiner.`,
        'Niemand hat ihm gesagt, was ein Ball ist oder wie Dinge fallen. Was beim Raten hilft, hat es selbst gefunden.',
        'Und wer durch viel Rauschen hindurch raten kann, der kann auch mit nichts als Rauschen beginnen. Die erste Vermutung ist schlecht. Aber mit jedem Schritt ist weniger Rauschen da, und so rät es immer besser.',
      ],
      equation:
        'z ist, was das Netz bekommt: zu einem Teil t der Film x und zu einem Teil 1 − t das Rauschen ε. Das Training macht den Fehler der Vermutung x̂ klein.',
      figure: {
        slider: 'Rauschen',
        clip: (noise) => `Vier Bilder des Films, unter ${percent(noise)} Rauschen`,
        guess: (noise) => `Was das Netz bei ${percent(noise)} Rauschen vermutet`,
        live: (noise) => `Was das Netz auf deinem Gerät jetzt vermutet, bei ${percent(noise)} Rauschen`,
        off: (off) => `${percent(off)} daneben`,
        sees: (thing) =>
          thing ? `darin sieht unser Leseprogramm ${nameOf(thing)}` : 'darin sieht unser Leseprogramm kein klares Ding',
      },
    },

    patches: {
      title: 'Stücke aus Raum und Zeit',
      claim: 'Das Netz sieht keine ganzen Bilder. Es sieht kleine Blöcke: ein Stück vom Bild und ein wenig Zeit.',
      before: () => [
        'Einen Text zerlegt man in Wörter, bevor ein Netz ihn liest. Auch ein Film wird zerlegt.',
        'Ein solches Stück heißt Patch. Hier ist es ein Quadrat von 8 mal 8 Pixeln. Es dauert auch 2 Bilder lang, hat also eine Größe im Raum und eine in der Zeit. Darum heißt es Raumzeit-Patch. Als Liste von Zahlen nennt man es ein Token.',
        'Unser Film hat 16 Bilder, und jedes Bild hat 32 mal 32 Pixel.',
      ],
      ask: { count: { question: 'In wie viele Patches zerlegt das Netz den Film?', choices: {} } },
      deed: 'Zerleg den Film auf mindestens zwei andere Arten, und achte auf beide Zahlen.',
      films: {},
      reveal: ({ own, ownPairs, tokens, pairs }) =>
        `Das Netz zerlegt ihn in ${count(own)} Patches: 8 in der Zeit, 4 nach unten, 4 nach rechts. Deine feinste Art gibt ${count(tokens)}. Jeder Patch sieht jeden an, das sind ${count(pairs)} Paare statt ${count(ownPairs)}: ${times(pairs / ownPairs)}.`,
      after: ({ drawnTokens, drawnTimes }) => [
        'Kleine Patches zeigen feine Dinge, aber sie kosten viel. Doppelt so viele Patches sind viermal so viele Paare. Große sind billig, doch dann muss eine Liste von Zahlen mehr fassen, als sie kann.',
        'Sora macht es ebenso: Auch dort wird mit Raumzeit-Patches gerechnet, schreiben die, die es gebaut haben. Nur sind die Filme groß. Zehn Sekunden in Full HD, so zerlegt wie hier, wären fast vier Millionen Patches. So viele Paare schafft kein Rechner.',
        'Darum drücken große Systeme den Film erst zusammen. Ein weiteres Netz macht ihn viel kleiner, und der kleine wird zerlegt. Auch unseres arbeitet im Kleinen. Was du auf der Bühne siehst, hat 128 mal 128 Pixel.',
        `So groß zerlegt, wären es ${count(drawnTokens)} Patches und ${count(drawnTimes)}-mal so viele Paare. Darum rechnet das Netz mit 32 mal 32 Pixeln. Am Ende zeichnet ein zweites, der Decoder, jedes Bild viermal so breit und so hoch.`,
      ],
      equation:
        'Bilder, Zeilen und Spalten, jeweils durch die Größe eines Patches geteilt, ergeben die Zahl N der Patches. Paare gibt es N².',
      figure: {
        frames: 'Bilder in einem Patch',
        side: 'Pixel an seiner Seite',
        tokens: (tokens) => `${count(tokens)} Patches`,
        pairs: (pairs) => `${count(pairs)} Paare, die einander ansehen`,
        picture: (side) => `Ein Bild des Films, in Quadrate von ${side} mal ${side} Pixeln zerlegt`,
        own: 'so macht es das Netz',
      },
    },

    together: {
      title: 'Alle Bilder zugleich',
      claim:
        'Es zeichnet nicht ein Bild nach dem anderen. Alle kommen zugleich aus dem Rauschen, und sie sehen einander an.',
      before: () => [
        'Einen Trickfilm zeichnet man Bild für Bild. Entsteht auch dieser Film so? Du kannst bei jedem Schritt hineinsehen und es prüfen.',
        'Der Bogen unten zeigt alles. Nach rechts läuft der Film, vom ersten Bild bis zum letzten. Nach unten laufen die Schritte, vom Rauschen zum Film. Jedes kleine Bild ist, was das Netz bei diesem Schritt vermutet.',
      ],
      ask: {
        middle: {
          question: 'Nach der Hälfte der Schritte: Welche Bilder sind fast fertig?',
          choices: {
            first: 'Die ersten. Die letzten sind noch Rauschen',
            all: 'Alle sind etwa gleich weit',
            last: 'Die letzten. Es arbeitet von hinten nach vorn',
          },
        },
        cut: {
          question:
            'Nun ist kein Blick durch die Zeit erlaubt: Jeder Patch sieht nur seine zwei Bilder. Was kommt heraus?',
          choices: {
            same: 'Derselbe Film',
            apart: 'Ein Film, der von Bild zu Bild zerfällt',
            still: 'Ein Film, der still steht',
          },
        },
      },
      deed: 'Geh auf mindestens drei Zeilen des Bogens, irgendwo zwischen der ersten und der letzten. Klick sie an, oder nimm die Pfeiltasten. Spiel dann den Film ohne Blicke durch die Zeit.',
      films: { 'story/cut-time.snow': 'der Fisch, ohne Blicke durch die Zeit' },
      live: 'Selbst kappen, live',
      liveHelp: 'Dasselbe Rauschen und dieselben Wörter, neu gezeichnet vom Netz auf deinem Gerät.',
      reveal: ({ step, steps, first, middle, last, whole, cut }) =>
        `Du hast dir Schritt ${step} von ${steps} angesehen. Da war das erste Bild noch ${tenth(first)} von seinem Ende entfernt, das mittlere ${tenth(middle)}, das letzte ${tenth(last)}. Von Bild zu Bild änderten sich ${tenth(whole)} des Films, und ohne Blicke durch die Zeit ${tenth(cut)}.`,
      after: ({ blocks }: Facts) => [
        'Es zeichnet also nicht Bild für Bild. Alle 128 Patches gehen zugleich durch das Netz, die vom ersten Bild und die vom letzten.',
        'Auf dem Weg sehen die Patches einander an. Das nennt man Attention, auf Deutsch Aufmerksamkeit. Jeder Patch schickt eine Art Frage aus, als Liste von Zahlen. Jeder trägt auch eine Art Schild, seinen Schlüssel. Wo Frage und Schlüssel gut passen, übernimmt der Patch viel. Wo sie nicht passen, übernimmt er wenig.',
        `Bei jeder Vermutung geschieht das ${blocks}-mal, in ${blocks} Blöcken des Netzes. Welche Fragen sich lohnen, hat es selbst gelernt. Ist das Netz geladen, dann zeigt die Ansicht „Innen“, wohin jeder Patch schaut.`,
        'So sieht ein Patch im letzten Bild, wo der Fisch im ersten war. Ohne solche Blicke erfinden je zwei Bilder ihren eigenen Fisch. Ort und Farbe bleiben, denn die Wörter nennen sie. Der Weg des Fisches geht verloren.',
      ],
      equation:
        'Jede Frage q trifft auf jeden Schlüssel k. Softmax macht daraus, wie gut sie passen, Anteile, die zusammen 1 sind. Mit diesen Anteilen werden die Werte v gemischt.',
    },

    words: {
      title: 'Wörter lenken',
      claim:
        'Die Wörter sagen nicht, was eingeklebt wird. Sie schieben jede Vermutung, und nicht alle greifen beim selben Schritt.',
      before: () => [
        'In den meisten Schritten rät das Netz zweimal: einmal mit deinen Wörtern und einmal ohne. Der Weg von der einen Vermutung zur anderen ist wie ein Pfeil. Er zeigt, wohin die Wörter wollen.',
        'Führung (englisch guidance) heißt, diesem Pfeil weiter zu folgen, als das Netz es von selbst täte. Hier geht es doppelt so weit.',
        'Der Film vor dir kam aus den Wörtern „A small purple rocket moving up fast at night“: eine kleine lila Rakete, die bei Nacht schnell steigt.',
      ],
      ask: {
        last: {
          question: 'Was davon stand zuletzt fest?',
          choices: {
            setting: 'Der Ort: Nacht',
            colour: 'Die Farbe: lila',
            thing: 'Das Ding: eine Rakete',
            motion: 'Die Bewegung: nach oben',
          },
        },
      },
      deed: 'Die Tafel zeigt, ab welchem Schritt jedes Wort feststeht. Geh zu dem Schritt, bei dem das letzte kam, und dann einen Schritt davor.',
      films: {},
      reveal: ({ order }) =>
        `In deinem Lauf stand ${list(order.map(({ what, step }) => `${settledNames[what]} ab Schritt ${step}`))} fest.`,
      after: ({ words, spreadPlain, spreadGuided }: Facts) => [
        'Was also tun die Wörter, und wann? Sie schieben von Anfang an jede Vermutung. Aber sie greifen der Reihe nach. Das Große kommt zuerst: Ist es hell oder dunkel, ist da ein Meer? Das errät man auch durch dickes Rauschen. Das Kleine kommt spät, denn das Rauschen verdeckt es am längsten.',
        `Versteht es dich? Es kennt ${words} Wörter, jedes als Liste von Zahlen. Es hat gelernt, welche Filme zu welchen Wörtern gehören. Ein Wort, das es nie sah, bewirkt gar nichts.`,
        `Mehr Führung ist nicht besser. Schiebt man zu stark, dann werden die Farben grell, die Ränder hart, und alle Startzahlen sehen gleich aus. Wir haben es gemessen: Von Führung 1 bis Führung 6 werden Filme derselben Wörter um ${percent(1 - spreadGuided / spreadPlain)} eintöniger (gemessen an nano, dem kleineren Netz, aus dem dieses gewachsen ist).`,
        'Ist das Netz geladen, dann probier es aus: im Labor, unter „Mach es kaputt“, drück „Führung 15“.',
      ],
      equation:
        'Die Vermutung ohne Wörter, dazu w-mal der Pfeil von dort zur Vermutung mit Wörtern. w ist die Führung: 1 ist ohne Nachdruck.',
    },

    roads: {
      title: 'Wege aus dem Rauschen',
      claim: 'Vom Rauschen zum Film führen viele Wege. Mehr Schritte helfen erst sehr, später kaum noch.',
      before: ({ samplers }: Facts) => [
        'Die Vermutung sagt, wo der Film liegen könnte. Ein Schritt geht ein Stück dorthin, dann rät das Netz neu. Viele kleine Schritte oder wenige große? Das können wir wählen.',
        `Die Regel, die aus Vermutungen Schritte macht, heißt Verfahren (englisch sampler). Auf dieser Seite gibt es ${samplers} davon.`,
        'Der Film vor dir brauchte sechzehn Schritte. Denk dir nun einen einzigen: vom reinen Rauschen direkt zum Film.',
      ],
      ask: {
        one: {
          question: 'Was kommt heraus, wenn es nur einen Schritt machen darf?',
          choices: {
            film: 'Derselbe Film, nur schneller',
            blur: 'Vielleicht ein Ort, aber kein klares Ding darin',
            noise: 'Nichts als Rauschen',
          },
        },
      },
      deed: 'Geh auf die erste Zeile des Bogens. Diese erste Vermutung ist genau der Film, den ein Lauf mit einem Schritt ergibt. Geh dann bis zur letzten Zeile hinunter.',
      films: {},
      reveal: ({ steps, one, all, total, late }) =>
        `Nach einem Schritt findet unser Leseprogramm ${one} von ${total} verlangten Wörtern. Nach allen ${steps} Schritten findet es ${all}. Die zweite Hälfte der Schritte hat nur noch ${percent(late)} des Bildes so geändert, dass man es sieht.`,
      after: () => [
        'Warum ist die erste Vermutung so leer? Im reinen Rauschen ist alles möglich: Der Ball kann hier sein oder dort, hoch oder tief. Die beste Vermutung ist die Mitte all dieser Filme. Und die Mitte von tausend Bällen an tausend Orten ist kein Ball.',
        'Ist mehr also immer besser? Nein. Erst helfen mehr Schritte, denn jede neue Vermutung hat weniger Rauschen vor sich. Aber jeder Schritt kostet Zeit und Strom. Die späten ändern immer weniger, bis es keiner mehr sieht. Und zu viel Führung macht den Film sogar schlechter.',
        'Jedes Verfahren nimmt einen eigenen Weg. Die kein frisches Rauschen zugeben, enden beim selben Film, wenn sie sehr viele Schritte gehen dürfen. Bei wenigen Schritten kommt ein gutes näher heran.',
        'Ist das Netz geladen, dann lass sie im Labor um die Wette laufen, unter „Das Rennen“. Trau auch deinen Augen. Ein Film kann in jedem Wort richtig und doch verwaschen sein.',
      ],
      equation:
        'v ist die Richtung: von da, wo es steht, zu seiner Vermutung, geteilt durch den Weg, der noch bleibt. Ein Schritt folgt ihr auf die Länge h.',
    },

    physics: {
      title: 'Kennt es die Physik?',
      claim: 'Es hat gelernt, wie Fallen aussieht. Das Gesetz des Fallens hat es nicht gelernt.',
      before: () => [
        'Jeder Film, aus dem es lernte, hält sich an genaue Gesetze. Alle Dinge fallen gleich. Ein Ball, der auf den Boden trifft, behält 85 % von seinem Tempo.',
        'Das hat dem Netz niemand gesagt. Es sah nur Filme. Hat es das Gesetz gefunden?',
        'Du kannst drei Filme aus denselben Wörtern abspielen, jeder aus anderem Rauschen. Unser Leseprogramm sieht nur den fertigen Film an und misst, wie schnell der Ball fällt.',
        'Dazu gibt es einen Film von etwas, das es nie sah. Die Karte unten zeigt, welche Paare wir mit Absicht weggelassen haben. Eines davon ist „green heart“, das grüne Herz.',
      ],
      ask: {
        law: {
          question: 'Fallen die drei Bälle gleich, mit derselben Schwerkraft?',
          choices: { same: 'Ja, bis auf ein Zehntel genau', different: 'Nein, deutlich verschieden' },
        },
        hole: {
          question: 'Ein grünes Herz sah es nie. Was zeichnet es, wenn man eins verlangt?',
          choices: {
            right: 'Ein grünes Herz',
            colour: 'Ein Herz in einer anderen Farbe',
            thing: 'Etwas, das kein Herz ist',
          },
        },
      },
      deed: 'Spiel alle drei Bälle und das grüne Herz ab. Lass dem Leseprogramm nach jedem einen Moment Zeit.',
      films: {
        'a-small-red-ball-bouncing-at-night.snow': 'der Ball',
        'story/other-fall-1.snow': 'der Ball, zweites Rauschen',
        'story/other-fall-2.snow': 'der Ball, drittes Rauschen',
        'story/hole.snow': 'das grüne Herz',
      },
      reveal: ({ balls, due, hole }) => {
        const gained = balls.some(({ kept }) => kept !== null && kept > 1);
        const seen = [hole.thing && nameOf(hole.thing), hole.colour && (colours[hole.colour] ?? hole.colour)];
        return `Deine Bälle fielen mit dem ${list(balls.map(({ g }) => `${decimal(g)}-`))}Fachen der Schwerkraft ihrer Welt. Am Boden behielten sie ${list(balls.map(({ kept }) => (kept === null ? 'einen unklaren Teil' : percent(kept))))} von ihrem Tempo, nach dem Gesetz wären es ${percent(due)}.${gained ? ' Einer kam schneller hoch, als er fiel: Das kann kein echter Ball.' : ''} Und im letzten Film sieht unser Leseprogramm ${seen.filter(Boolean).join(', Farbe ') || 'nichts Klares'}.`;
      },
      after: ({ errorInside, errorSlower, errorStraight, twoThings, twoThingsRight }: Facts) => [
        `Kennt es also die Physik? Als Gesetz nicht. Es sah viele Dinge fallen und macht etwas, das so aussieht. Wir haben nano, das kleinere Netz, aus dem dieses gewachsen ist, an Dingen geprüft, die geradeaus gehen, und ihm die ersten Bilder gegeben. Bei einem Tempo wie im Training lag es um ${errorInside} % daneben. War es langsamer als alles, was es je sah, um ${errorSlower} %. Ein Lineal hätte um ${errorStraight} % daneben gelegen.`,
        `Was es kann: Wörter verbinden. Grünes kennt es, und Herzen kennt es. So kann ihm ein grünes Herz gelingen, obwohl es nie eins sah. Zwei Dinge auf einmal sind schwer: Von ${twoThings} Versuchen gelangen ${twoThingsRight}.`,
        'Größere Systeme haben dieselbe Schwäche. Auch sie wurden an einfachen Bewegungen geprüft. Dabei zeigte sich: Sie stützen sich mehr auf Fälle, die sie sahen, als auf ein Gesetz.',
      ],
      equation:
        'So tief ist ein Ding nach n Bildern gefallen, wenn g die Schwerkraft ist. Am Boden kehrt sich sein Tempo um, mal 0,85.',
      figure: {
        map: 'Was es gesehen hat',
        seen: 'im Training gesehen',
        left: 'weggelassen',
        others: (pairs) => `Auch weggelassen: ${pairs}. Und jedes Tempo zwischen „slowly“ und „fast“.`,
      },
    },

    sora: {
      title: 'Wir und Sora',
      claim: 'Die Idee ist dieselbe, und die Großen sind tausende Male größer. Damit geht viel, aber nicht alles.',
      before: () => [
        'Nun kennst du die Teile: Rauschen, Vermutung, Patches, Attention, Wörter, die lenken, Schritte. Sora und andere seiner Art sind aus denselben Teilen gebaut.',
        'Unten siehst du zwei kleine Filme aus denselben Wörtern. Den einen hat unser Programm gezeichnet, nach genauen Regeln. Der andere kam aus dem Rauschen, vom Netz.',
      ],
      ask: {
        which: {
          question: 'Welchen hat das Netz gemacht?',
          choices: { left: 'Den linken', right: 'Den rechten' },
        },
      },
      deed: 'Drück auf „Etikett lesen“, und sieh, was ein gespeicherter Lauf von sich sagt.',
      films: {},
      reveal: ({ right, side, parameters, larger }) =>
        `Der ${side === 'left' ? 'linke' : 'rechte'} kam vom Netz: ${right ? 'Du hast es gesehen' : 'Er hat dich getäuscht'}. Dieses Netz besteht aus ${count(parameters)} Zahlen. Das größte offene, von dem wir wissen, hat etwa ${count(Math.round(larger / 100) * 100)}-mal so viele.`,
      after: ({ words, largeOpen }: Facts) => [
        `Was kann Sora, was dieses Netz nicht kann? Es macht lange Filme, bis zu einer Minute, scharf und von fast allem, was man aufschreiben kann. Unsere dauern zwei Sekunden, sind 32 Pixel breit und kennen ${words} Wörter. Wie groß Sora ist, sagt sein Hersteller nicht. Offene Systeme dieser Art haben bis zu ${count(largeOpen / 1e9)} Milliarden Zahlen und sahen Millionen von Filmen.`,
        'Was bleibt, egal wie groß? Dinge gehen durch Dinge hindurch, Hände zerfließen, ein langer Wunsch wird nur halb erfüllt. Und jeder Film kostet viel Strom.',
        'Wozu ist es gut? Man kann eine Szene proben, bevor man sie dreht, oder zeigen, was keine Kamera sieht. Wozu ist es schlecht? Zum Lügen: Menschen in Filmen, die sie nie gedreht haben, Dinge, die nie geschehen sind. So etwas heißt Deepfake.',
        'Ein Netz zeigt die Welt seiner Daten. Unseres kennt acht Dinge an sechs Orten. Ein großes kennt Filme zu Millionen, mit allem, was sie zu oft, zu selten oder falsch zeigen. Und viele, die diese Filme gemacht haben, hat niemand gefragt.',
        'Woran erkennst du, wer einen Film gemacht hat? Deine Augen helfen dir immer weniger. Frag, woher er kommt: Wer zeigt ihn zuerst, wer hat ihn noch? Man kann ein Zeichen ins Bild setzen, eines darin verstecken oder ein Etikett mit Unterschrift beilegen. Das alles hilft, und alles lässt sich wieder entfernen. Ein Lauf, den du hier speicherst, sagt, welches Netz ihn gemacht hat und aus welchen Wörtern.',
      ],
      equation:
        'So viele Male mehr Zahlen. Und bei der Attention wächst die Arbeit mit dem Quadrat der Zahl N der Patches.',
      figure: {
        left: 'Links',
        right: 'Rechts',
        label: 'Etikett lesen',
        says: 'Was ein gespeicherter Lauf von sich sagt',
        fields: {
          model: 'Netz',
          prompt: 'Wörter',
          seed: 'Startzahl',
          steps: 'Schritte',
          sampler: 'Verfahren',
          guidance: 'Führung',
        },
      },
    },
  },

  quiz: {
    title: 'Was meinst du?',
    help: 'Zwei offene Fragen, vor der Geschichte und danach. Niemand gibt Noten. Die Antworten bleiben auf diesem Gerät.',
    before: 'Vor der Geschichte',
    after: 'Nach der Geschichte',
    open: {
      where: 'Woher kommt der Film?',
      wrong: 'Warum geht in Filmen, die eine KI macht, manchmal etwas schief?',
    },
    statements: 'Sieben Sätze. Richtig oder falsch?',
    yes: 'Richtig',
    no: 'Falsch',
    so: (right, truth) => `${right ? 'Ja' : 'Nein'}, das ist ${truth ? 'richtig' : 'falsch'}.`,
    said: {
      store: {
        text: 'Das Netz sucht in einem Vorrat an Filmen und setzt Stücke davon zusammen.',
        why: 'Es behält keine Filme. Es hat nur gelernte Zahlen, viel zu wenige, um die Filme zu fassen, die es sah.',
      },
      under: {
        text: 'Der Film liegt unter dem Rauschen, und das Netz deckt ihn auf.',
        why: 'Im Rauschen ist nichts von dem Film. Andere Wörter machen aus demselben Rauschen einen anderen.',
      },
      frames: {
        text: 'Es zeichnet das erste Bild, dann das zweite, und so weiter.',
        why: 'Alle Bilder kommen zugleich aus dem Rauschen. Bei jedem Schritt sind sie etwa gleich weit.',
      },
      rules: {
        text: 'Ein Mensch hat hineingeschrieben, wie ein Ball fällt.',
        why: 'Es sah nur Filme. Darum fallen seine Bälle auch nicht alle gleich.',
      },
      again: {
        text: 'Dieselben Wörter, dasselbe Rauschen und dieselben Einstellungen ergeben denselben Film.',
        why: 'Der Zufall kommt mit dem Rauschen, und die Startzahl legt es fest. So kann man einen Lauf wiederholen und prüfen.',
      },
      more: {
        text: 'Mehr Schritte und mehr Führung machen den Film immer besser.',
        why: 'Späte Schritte ändern fast nichts. Zu viel Führung macht Farben grell und alle Filme gleich.',
      },
      joins: {
        text: 'Es kann ein Paar von Wörtern zeichnen, das es nie zusammen sah.',
        why: 'Es hat gelernt, was jedes Wort tut. Das grüne Herz kam aus zwei Wörtern, die es einzeln kannte.',
      },
    },
    save: 'Meine Antworten speichern',
    unkept:
      'Dieser Browser behält nicht, was du hier schreibst: Es ist weg, sobald die Seite zu ist. Speichere es vorher als Textdatei.',
    saveHelp: 'Eine Textdatei, für dich oder zum Abgeben. Es wird nichts verschickt.',
    forget: 'Meine Antworten vergessen',
    fileName: 'meine-antworten.txt',
  },

  ten: {
    title: 'Zehn Fragen',
    help: 'Auf jede eine kurze Antwort, und die Stelle, an der die Geschichte sie zeigt.',
    goTo: (chapter) => `Sieh es in „${chapter}“`,
    questions: {
      store: { ask: 'Sucht es in gespeicherten Filmen?', answer: 'Nein. Es behält keine Filme, nur gelernte Zahlen.' },
      under: {
        ask: 'Liegt der Film unter dem Rauschen?',
        answer: 'Nein. Aus demselben Rauschen wird je nach Wort ein anderer Film.',
      },
      frames: { ask: 'Zeichnet es Bild für Bild?', answer: 'Nein. Alle Bilder kommen zugleich aus dem Rauschen.' },
      words: {
        ask: 'Was tun die Wörter, und wann?',
        answer: 'Sie schieben jede Vermutung. Der Ort steht zuerst fest, das Kleine spät.',
      },
      seeds: {
        ask: 'Warum geben zwei Startzahlen verschiedene Filme?',
        answer: 'Die Startzahl ist das Rauschen, und das macht aus, was die Wörter offen lassen.',
      },
      physics: {
        ask: 'Kennt es die Physik?',
        answer: 'Es weiß, wie Fallen aussieht, aber nicht, nach welchem Gesetz.',
      },
      more: {
        ask: 'Ist mehr immer besser?',
        answer: 'Nein. Späte Schritte helfen kaum, und zu viel Führung verdirbt den Film.',
      },
      patch: {
        ask: 'Was ist ein Raumzeit-Patch?',
        answer: 'Ein kleines Quadrat vom Bild, ein paar Bilder lang: das Stück, mit dem das Netz rechnet.',
      },
      attention: {
        ask: 'Was ist Attention?',
        answer: 'Jeder Patch sieht alle anderen an und übernimmt von denen, die passen.',
      },
      sora: {
        ask: 'Was kann Sora, was dieses Netz nicht kann?',
        answer: 'Lange, scharfe Filme von fast allem, mit tausenden Malen so vielen Zahlen.',
      },
    },
  },
};

const things: Readonly<Record<string, string>> = {
  ball: 'ein Ball',
  box: 'ein Kasten',
  star: 'ein Stern',
  ring: 'ein Ring',
  heart: 'ein Herz',
  boat: 'ein Boot',
  fish: 'ein Fisch',
  rocket: 'eine Rakete',
};

const colours: Readonly<Record<string, string>> = {
  red: 'rot',
  orange: 'orange',
  yellow: 'gelb',
  green: 'grün',
  cyan: 'türkis',
  blue: 'blau',
  purple: 'lila',
  pink: 'rosa',
};

const settledNames = { setting: 'der Ort', colour: 'die Farbe', thing: 'das Ding', motion: 'die Bewegung' };

function nameOf(thing: string): string {
  return things[thing] ?? `„${thing}“`;
}

function times(factor: number): string {
  const many = factor < 1 ? factor.toFixed(2).replace('.', ',') : count(factor);
  return factor === 1 ? 'ebenso viel Arbeit' : `${many}-mal so viel Arbeit`;
}
