/** Das Material für den Unterricht auf Deutsch. Zu Lehrkräften mit Sie, zur Klasse mit du und ihr. */
import type { KitStrings } from '../en/kit';
import { count, decimal, list, percent } from './numbers';

export const kit: KitStrings = {
  title: 'Snowglobe im Unterricht',
  lead: 'Alles für eine Stunde darüber, wie eine Maschine einen Film macht. Zum Drucken oder zum Zeigen. Kein Blatt verlangt ein Programm, ein Konto oder ein Passwort.',
  language: 'Deutsch',
  made: 'Alle Bilder und Zahlen stammen aus aufgezeichneten Läufen der Netze auf der Seite; wer dieselben Wörter, dieselbe Startzahl und dieselben Einstellungen eingibt, bekommt dasselbe.',
  page: 'Zur Seite',
  noAddress:
    'Von einem Datenträger geöffnet: Die Codes erscheinen, wenn dieses Blatt unter einer Webadresse geöffnet wird.',
  names: {
    plan: 'Verlaufsplan',
    slides: 'Folien',
    worksheet: 'Arbeitsblatt',
    large: 'Arbeitsblatt, große Schrift',
    answers: 'Lösungen',
    glossary: 'Wörterverzeichnis',
    starter: 'Einstieg ohne Computer',
    homework: 'Hausaufgabe',
    article: 'Artikel',
  },
  about: {
    plan: '45 Minuten, oder 20. Was am Abend davor zu tun ist, was man fragt, was die Klasse sagt und was darauf hilft.',
    slides: 'Acht Seiten für den Beamer. Jede fragt zuerst; ein Klick zeigt, was daraus wurde.',
    worksheet: 'Zwei Seiten für je zwei: vorn die Voraussagen, hinten, was gemessen wurde.',
    large: 'Dieselben Fragen in großer Schrift, mit Platz zum Schreiben.',
    answers: 'Was herauskommt, mit Bildern, und Antworten auf drei Stufen zu den offenen Fragen.',
    glossary: 'Die Wörter der Seite, und wie das Fach sie nennt.',
    starter:
      'Fünf Minuten mit Papier und Bleistift: ein Bild aus Rauschen, gemacht von vieren, die nicht reden dürfen.',
    homework: 'Drei Aufgaben zur Wahl: kaputt machen, messen, oder herausfinden, woher ein Film kommt.',
    article: 'Wie aus Wörtern ein Film wird, zum Lesen: zehn Minuten, sechs Bilder.',
  },

  plan: {
    question: 'Wie macht eine Maschine einen Film?',
    forWhom:
      'Für Klassen von 13 bis 18 Jahren, in Informatik, Physik, Kunst oder Ethik. Niemand muss programmieren, niemand muss etwas vorher wissen. Es dauert 45 Minuten; eine Fassung für 20 Minuten steht weiter unten.',
    aims: 'Was sie danach sagen können',
    aimList: [
      'Ein Film entsteht aus Rauschen und gelernten Zahlen. Er wird nicht in einem Vorrat an Filmen gesucht.',
      'Alle seine Bilder kommen zugleich aus dem Rauschen, Schritt für Schritt.',
      'Wörter schieben den Film in eine Richtung. Was sie offen lassen, macht das Rauschen aus, und die Startzahl benennt das Rauschen.',
      'Richtig aussehen ist das eine, einem Gesetz folgen das andere. Den Unterschied kann man messen.',
      'Die Augen allein sagen nicht, wer einen Film gemacht hat. Man muss fragen, woher er kommt.',
    ],
    needs: 'Was Sie brauchen',
    needList: [
      'Für je zwei ein Notebook, Tablet oder Telefon mit aktuellem Browser. Alte genügen: Die Kapitel spielen aufgezeichnete Läufe, die auf jedem Gerät gleich aussehen.',
      'Einen Beamer und die Folien aus diesem Material.',
      'Für je zwei ein Arbeitsblatt, beidseitig gedruckt, und eines in großer Schrift für alle, die es wollen.',
      'Ein Netz für den ersten Besuch. Danach geht die Seite ohne. Was geschrieben wird, bleibt auf dem Gerät.',
    ],
    evening: 'Am Abend davor, zehn Minuten',
    eveningList: [
      'Öffnen Sie die Seite auf einem der Geräte aus der Schule. Spielt der Film, dann geht die Stunde.',
      'Gehen Sie die Kapitel 1, 4 und 7 selbst durch, und sagen Sie dabei wirklich voraus. Sie werden mindestens einmal falsch liegen; erzählen Sie es der Klasse.',
      'Drucken Sie das Arbeitsblatt, und sehen Sie in die Lösungen.',
      'Legen Sie den Link dorthin, wo die Klasse ihn findet, oder lassen Sie den Code auf der ersten Folie scannen.',
      'Kein Netz im Raum? Wer die Seite betreibt, kann daraus eine einzige Datei machen (npm run build:single). Kopieren Sie sie auf einen Stick; ein Doppelklick öffnet sie.',
    ],
    forPupils: 'Der Link für die Klasse',
    forPupilsHelp: 'Er öffnet die Geschichte und blendet das Labor aus.',
    timetable: '45 Minuten',
    short: '20 Minuten',
    columns: ['Minuten', 'Teil', 'Die Klasse', 'Sie'],
    phases: [
      {
        minutes: '0 – 4',
        title: 'Vorher',
        chapter: null,
        pupils: 'Beantwortet die zwei Fragen oben auf dem Arbeitsblatt, alle für sich.',
        you: 'Berichtigen Sie nichts. Dieselben Fragen kommen am Ende wieder, und dann wird verglichen.',
      },
      {
        minutes: '4 – 10',
        title: 'Aus dem Rauschen',
        chapter: 1,
        pupils: 'Sagt voraus und spielt dann einen Film von jeder Art.',
        you: 'Erst Hände hoch: Wer sagt derselbe, fast gleich, ganz anders? Danach: „Wo war der Fisch, bevor er da war?“',
      },
      {
        minutes: '10 – 16',
        title: 'Lernen durch Verderben',
        chapter: 2,
        pupils: 'Rät bei 95, 80 und 50 % Rauschen und zieht dann den Regler auf null.',
        you: 'Fragen Sie: „Was müsstet ihr vorher gesehen haben, um so gut zu raten?“ Das ist Training.',
      },
      {
        minutes: '16 – 22',
        title: 'Alle Bilder zugleich',
        chapter: 4,
        pupils: 'Sagt voraus, welche Bilder nach der Hälfte fertig sind, und besucht dann drei Zeilen des Bogens.',
        you: 'Lassen Sie ein Paar seinen Satz vorlesen, und schreiben Sie die drei Zahlen an.',
      },
      {
        minutes: '22 – 28',
        title: 'Wörter lenken',
        chapter: 5,
        pupils: 'Sagt voraus, was zuletzt feststeht, und sieht einen Schritt davor nach.',
        you: 'Fragen Sie: „Warum steht der Ort so früh fest?“ Großes errät man auch durch dickes Rauschen.',
      },
      {
        minutes: '28 – 36',
        title: 'Kennt es die Physik?',
        chapter: 7,
        pupils:
          'Sagt voraus und spielt dann die drei Bälle und das grüne Herz. Füllt die Tabelle auf der Rückseite aus.',
        you: 'Sammeln Sie die Schwerkräfte an der Tafel. „Ein Programm mit dem Gesetz gäbe jedes Mal 1,0. Was ist das dann?“',
      },
      {
        minutes: '36 – 41',
        title: 'Wir und Sora',
        chapter: 8,
        pupils: 'Sagt, welcher von zwei Filmen vom Netz ist, und liest dann das Etikett.',
        you: 'Zählen Sie, wer getäuscht wurde. „Dieses Netz ist winzig. Woran würdet ihr es bei einem großen merken?“',
      },
      {
        minutes: '41 – 45',
        title: 'Nachher',
        chapter: null,
        pupils: 'Beantwortet dieselben Fragen noch einmal und liest dann beide Antworten.',
        you: 'Bitten Sie um einen Satz, der sich geändert hat. Niemand muss Punkte zeigen: Es gibt keine.',
      },
    ],
    shortPhases: [
      {
        minutes: '0 – 2',
        title: 'Vorher',
        chapter: null,
        pupils: 'Sagt einander, woher der Film kommt.',
        you: 'Zeigen Sie Folie 1, und sammeln Sie drei Antworten ohne ein Wort dazu.',
      },
      {
        minutes: '2 – 8',
        title: 'Aus dem Rauschen',
        chapter: 1,
        pupils: 'Sagt voraus und spielt dann einen Film von jeder Art.',
        you: 'Erst Hände hoch. Danach: „Wo war der Fisch vorher?“',
      },
      {
        minutes: '8 – 11',
        title: 'Alle Bilder zugleich',
        chapter: 4,
        pupils: 'Stimmt ab.',
        you: 'Am Beamer: Besuchen Sie drei Zeilen des Bogens, und lesen Sie den Satz vor.',
      },
      {
        minutes: '11 – 18',
        title: 'Kennt es die Physik?',
        chapter: 7,
        pupils: 'Sagt voraus, spielt die drei Bälle und das grüne Herz, nennt die Schwerkräfte.',
        you: 'Sammeln Sie die Zahlen an der Tafel.',
      },
      {
        minutes: '18 – 20',
        title: 'Nachher',
        chapter: null,
        pupils: 'Sagt den Satz vom Anfang noch einmal, so wie jetzt.',
        you: 'Hausaufgabe: eine der drei Aufgaben.',
      },
    ],
    spare:
      'Schnelle gehen weiter zu Kapitel 3 (Patches) und Kapitel 6 (Schritte und Verfahren). Beide stehen für sich.',
    said: 'Was die Klasse sagt, und was hilft',
    saidColumns: ['Sie sagen', 'Das hilft'],
    saidRows: ({ parameters, megabytes, clips, otherWords, falls, words, lateChange }) => [
      [
        '„Es durchsucht das Internet und klebt Filme zusammen.“',
        `Es behält keinen Film. Es besteht nur aus ${count(parameters)} Zahlen, ${decimal(megabytes)} MB. Die ${count(clips)} Filme, die es sah, wären mehr als zweitausend Mal so groß. Und es fragt das Internet nach nichts: Schalten Sie das Netz ab und probieren Sie es.`,
      ],
      [
        '„Der Film steckt im Rauschen.“',
        `Dann könnte aus einem Rauschen nur ein einziger Film werden. Kapitel 1: dasselbe Rauschen, andere Wörter, und ${percent(otherWords)} des Bildes sehen anders aus.`,
      ],
      [
        '„Es zeichnet das erste Bild, dann das zweite.“',
        'Kapitel 4: Auf halber Höhe des Bogens sind das erste, das mittlere und das letzte Bild etwa gleich weit.',
      ],
      [
        '„Jemand hat programmiert, wie ein Ball fällt.“',
        `Niemand. Kapitel 7: Drei Bälle fallen mit dem ${list(falls.map((g) => `${decimal(g)}-`))}Fachen der Schwerkraft ihrer Welt. Mit einem Programm wäre es jedes Mal 1,0.`,
      ],
      [
        '„Es versteht, was ich sage.“',
        `Es kennt ${words} Wörter und hat gelernt, welche Filme dazu gehören. Ein Wort, das es nie sah, bewirkt nichts. Lassen Sie eines eingeben.`,
      ],
      [
        '„Mehr Schritte geben einen besseren Film.“',
        `Nur am Anfang. Kapitel 6: Die zweite Hälfte der Schritte ändert ${percent(lateChange)} des Bildes so, dass man es sieht.`,
      ],
      [
        '„Es träumt.“ „Es will …“',
        'Fragen Sie, was es in einem Schritt tut. „Es rät, wie der Film ohne Rauschen aussieht“ kann man prüfen. „Es träumt“ nicht.',
      ],
      [
        '„Man sieht immer, dass es gefälscht ist.“',
        'Kapitel 8: Zählen Sie, wie viele falsch lagen, bei einem Netz, das tausendfach zu klein ist.',
      ],
    ],
    trouble: 'Wenn etwas nicht geht',
    troubleRows: [
      ['Unter dem Film steht „Aufgezeichneter Lauf“.', 'So soll es sein: Die Kapitel spielen aufgezeichnete Läufe.'],
      [
        'Ein Gerät zeigt nach einer Minute keinen Film.',
        'Einmal neu laden. Dann setzen sich die beiden zu anderen: Ein Bildschirm reicht für vier.',
      ],
      ['Das Netz ist langsam.', 'Ein Gerät genügt: Zeigen Sie die Kapitel am Beamer, und lassen Sie abstimmen.'],
      [
        'Jemand kann die Bilder nicht sehen oder benutzt keine Maus.',
        'Die Seite geht mit der Tastatur und mit Screenreader und sagt in Worten, was ein Film zeigt. Flackern wird gebremst.',
      ],
    ],
    measure: 'Hat es etwas geändert?',
    measureList: [
      'Die zwei offenen Fragen, vorher und nachher, sind Ihr Maß. Geben Sie jeder Antwort einen Buchstaben, und zählen Sie.',
      'P wie Person: Es denkt, will, weiß, träumt. V wie Vorrat: Es sucht, kopiert, klebt. D wie Daten: Es hat aus vielen Filmen gelernt, es rät, da ist Rauschen. S wie Sonstiges.',
      'Sind es am Ende mehr D und weniger P und V, dann hat die Stunde gewirkt.',
    ],
  },

  slides: {
    noise: 'Vier Bilder aus reinem Rauschen',
    subtitle: 'Heute sehen wir in eine hinein.',
    scan: 'Scannen, oder die Adresse eingeben',
    open: (number) => `Kapitel ${number} öffnen`,
    answer: 'Was daraus wurde',
    patches: 'Das Netz sieht nie ein Bild. Es sieht 128 Patches: 8 mal 8 Pixel, 2 Bilder lang.',
    end: 'Was wir jetzt wissen',
    endList: [
      'Es beginnt mit Rauschen, und rät.',
      'Alle Bilder kommen zugleich.',
      'Wörter schieben. Den Rest macht das Rauschen.',
      'Es weiß, wie Fallen aussieht, nicht nach welchem Gesetz.',
      'Frag, woher ein Film kommt.',
    ],
  },

  worksheet: {
    name: 'Namen',
    date: 'Datum',
    front: 'Zuerst: Was meint ihr?',
    before: 'Beantwortet diese zwei Fragen, bevor ihr etwas öffnet. Es gibt keine Noten.',
    predict: 'Erst voraussagen, dann nachsehen',
    predictHelp:
      'Kreuzt an, bevor ihr es auf der Seite probiert. Aus einer falschen Vermutung lernt man so viel wie aus einer richtigen.',
    back: 'Was daraus wurde',
    backHelp: 'In jedem Kapitel gibt euch die Seite einen Satz mit Zahlen. Schreibt die Zahlen hier ab.',
    table: {
      noise: [
        'Dasselbe Rauschen, andere Wörter: So viel sieht anders aus',
        'Dieselben Wörter, anderes Rauschen: So viel sieht anders aus',
      ],
      wrecking: [
        'Bei 95 % Rauschen sagten wir',
        'Bei 80 % Rauschen sagten wir',
        'Bei 50 % Rauschen sagten wir',
        'Es war',
      ],
      together: [
        'Nach der Hälfte war das erste Bild noch so weit weg vom Ende',
        'Das mittlere Bild',
        'Das letzte Bild',
      ],
      words: ['Zuerst stand fest, ab Schritt', 'Zuletzt stand fest, ab Schritt'],
      physics: [
        'Ball 1: Schwerkraft, und wie viel Tempo er behielt',
        'Ball 2: Schwerkraft, und wie viel Tempo er behielt',
        'Ball 3: Schwerkraft, und wie viel Tempo er behielt',
        'Verlangt war ein grünes Herz. Was wir sehen',
      ],
      sora: ['Der Film vom Netz stand', 'So viele in der Klasse lagen falsch'],
    },
    because: 'Steckte ein Gesetz des Fallens darin, dann würden die drei Bälle',
    after: 'Und jetzt?',
    afterHelp: 'Beantwortet die zwei Fragen noch einmal. Seht nicht auf die Vorderseite.',
    changed: 'Dreht dann das Blatt um. Was ist jetzt anders?',
  },

  answers: {
    lead: 'Für die Lehrkraft. Die Bilder sind die Bilder 1, 6, 11 und 16 jedes Films.',
    seed: (seed) => `Startzahl ${seed}`,
    makeIt: 'Selbst machen',
    makeItHelp:
      'Jeder dieser Links lässt den Film live laufen, mit denselben Wörtern, derselben Startzahl und denselben Einstellungen, sobald das Netz geladen ist.',
    steps: (step, of) => `nach Schritt ${step} von ${of}`,
    heights: 'Wie hoch die drei Bälle sind, Bild für Bild',
    statements: 'Die sieben Sätze',
    open: 'Die offenen Fragen, auf drei Stufen',
    levels: ['Auf dem Weg', 'Sicher', 'Vertieft'],
    exemplars: [
      {
        question: 'Woher kommt der Film?',
        answers: [
          'Aus dem Rauschen. Der Computer macht es immer klarer, bis ein Film da ist.',
          'Es fängt mit Rauschen an, das ist Zufall. Bei jedem Schritt rät das Netz nach dem, was es gelernt hat, wie der fertige Film aussieht, und geht ein Stück dorthin. Die Wörter schieben, was es rät.',
          'Aus Rauschen und aus Zahlen, die gelernt sind. Kein Film wird behalten, dazu sind es viel zu wenige Zahlen. Aus demselben Rauschen wurde ein Ball und ein Fisch, also war der Film nicht im Rauschen. Und anderes Rauschen gab einen anderen Ball, also machen es die Wörter nicht allein.',
        ],
      },
      {
        question: 'Warum geht in Filmen, die eine KI macht, manchmal etwas schief?',
        answers: [
          'Weil sie nicht wirklich weiß, wie die Dinge sind. Sie rät nur.',
          'Sie hat gelernt, wie Filme aussehen, nicht die Gesetze dahinter. Unsere Bälle fielen verschieden. Und was sie zu selten oder nie sah, macht sie schlecht.',
          'Trainiert wurde, dass sie beim Raten wenig daneben liegt, nicht, dass sie Gesetze einhält oder zählt. Darum ist sie gut, wo sie viele Fälle sah, und schlecht, wo sie keinen sah, wie bei einem Tempo, das nie vorkam. Und wenn Wörter etwas offen lassen oder zwei Dinge auf einmal verlangen, ist jede Vermutung die Mitte aus vielen Filmen, die passen würden.',
        ],
      },
      {
        question: 'Hat es das Gesetz des Fallens gelernt? Sag, woran du das erkennst.',
        answers: [
          'Nein, die Bälle fielen nicht gleich.',
          'Nein. Wir haben drei Bälle gemessen, und ihre Schwerkraft war nicht gleich. Mit einem Gesetz wäre sie das.',
          'Als Gesetz nicht. Alle Filme, die es sah, hatten dieselbe Schwerkraft. Unsere trafen sie nicht genau, und die Bälle behielten mehr oder weniger Tempo, als sie sollten. Es macht etwas wie die Fälle, die es sah. Um sicher zu sein, müsste man es dort prüfen, wo es keine Fälle sah: Da liegt es viel weiter daneben.',
        ],
      },
    ],
  },

  glossary: {
    lead: 'Wie die Seite es sagt, wie das Fach es sagt, und was es ist.',
    columns: ['Auf der Seite', 'Im Fach', 'Was es ist'],
  },

  starter: {
    lead: 'Fünf Minuten, zu viert. Ihr braucht dieses Blatt für jede Gruppe und einen Bleistift.',
    how: 'So geht es',
    steps: [
      'Jede Gruppe bekommt ein Blatt mit grauen Kästchen und ein geheimes Wort: Boot, Fisch, Rakete oder Herz. Niemand außerhalb der Gruppe darf es hören.',
      'Die oder der Erste füllt bis zu acht Kästchen mit dem Stift, so dass es dem Wort ein wenig ähnlicher wird. Nicht reden, nichts erklären.',
      'Gebt es weiter. Nun kommen bis zu acht weitere dazu. Einmal reihum.',
      'Hängt alle Blätter auf. Erkennen die anderen, was es ist?',
    ],
    noise: (letter) => `Rauschen ${letter}`,
    word: 'Unser Wort',
    talk: 'Sprecht darüber',
    questions: [
      'Zwei Gruppen hatten dasselbe Rauschen und andere Wörter. Wie ähnlich sind ihre Bilder?',
      'Zwei Gruppen hatten dasselbe Wort und anderes Rauschen. Was ist gleich, was nicht?',
      'War das Bild in den grauen Kästchen, bevor ihr angefangen habt?',
      'Niemand hat das ganze Bild gezeichnet. Wer hat es gemacht?',
    ],
    bridge:
      'Für die Lehrkraft: Das tut auch das Netz. Es beginnt mit Rauschen, und jeder Schritt ist eine kleine Bewegung zu dem, wofür es das Bild hält. Nur ändert es bei jedem Schritt alle Kästchen aller Bilder und braucht keine Hand dazu. Geben Sie zwei Gruppen dasselbe Rauschen mit verschiedenen Wörtern, und das andere Rauschen einer Gruppe mit einem dieser Wörter.',
  },

  homework: {
    lead: 'Such dir eine der drei Aufgaben aus. Du brauchst die Seite, und sie muss erst ihr Netz laden: Das sind einmal 12 MB.',
    tasks: {
      break: {
        title: 'Mach es kaputt',
        steps: [
          'Öffne das Labor und darin „Mach es kaputt“.',
          'Wähl eine der Störungen aus. Schreib zuerst auf, was sie wohl mit dem Film macht.',
          'Probier es. Schreib den Satz ab, in dem die Seite den Schaden nennt.',
          'Mach ein Plakat: der Film davor, der Film danach, und in drei Sätzen, warum ihn das kaputt macht.',
        ],
      },
      measure: {
        title: 'Miss es',
        steps: [
          'Lass „a small red ball bouncing at night“ mit fünf Startzahlen machen.',
          'Unter jedem Film steht, was unser Leseprogramm misst. Schreib die Schwerkraft auf, und wie viel Tempo der Ball behielt.',
          'Zeichne die fünf Werte als Punkte auf eine Linie von 0 bis 2. Wo lägen sie alle, wenn das Netz ein Gesetz hätte?',
          'Mach es noch einmal mit einem anderen Ding oder Ort. Liegen die Punkte weiter auseinander?',
        ],
      },
      origin: {
        title: 'Woher kommt er?',
        steps: [
          'Such im Netz einen kurzen Film, den jemand Fälschung nennt oder der zu gut aussieht.',
          'Wer hat ihn zuerst gezeigt? Wann? Wer hat ihn noch? Schreib auf, wie du gesucht hast.',
          'Steht daran, wie er gemacht wurde? Wer hat das hingeschrieben?',
          'Was bräuchtest du, um sicher zu sein? Sag es in zwei Sätzen.',
        ],
      },
    },
    levels: 'Worauf es ankommt',
    levelList: [
      'Du hast gesagt, was du erwartest, bevor du nachgesehen hast.',
      'Du hast aufgeschrieben, was du gesehen hast, so dass andere es prüfen können: Wörter, Startzahl, Einstellungen, oder Adresse und Tag.',
      'Du hast gesagt, warum, und wie sicher du bist.',
    ],
  },
};
