/** Der Artikel auf Deutsch: wie aus Wörtern ein Film wird, für alle, die lesen und nichts drücken. */
import type { ArticleStrings } from '../en/article';
import { count, decimal, list, percent, tenth } from './numbers';

export const article: ArticleStrings = {
  title: 'Ein Film aus Rauschen',
  lead: 'Wie eine Maschine aus einem Satz ein bewegtes Bild macht, gezeigt an einer, die klein genug ist, um hineinzusehen.',
  about:
    'Alle Bilder stammen aus aufgezeichneten Läufen des Netzes auf dieser Seite, und alle Zahlen sind daran gemessen.',
  tryIt: 'Hier ausprobieren',
  toPage: 'Zur Seite',
  otherLanguage: 'Read this article in English',
  made: 'Mit `npm run kit -- --docs` aus dem Text gemacht, den die Seite `kit/de/article.html` zeigt; dort sind auch die Bilder.',
  figure: (number) => `Bild ${number}`,
  parts: (n) => [
    {
      title: 'Ein Satz hinein, ein Film heraus',
      text: [
        'Man tippt einen Satz. Eine Minute später ist ein Film da, den niemand gedreht hat: ein Hund auf einem Surfbrett, eine Straße im Regen, ein Gesicht, das sagt, was es nie gesagt hat. Systeme wie Sora machen das, und von außen sieht man nur die zwei Enden, die Wörter und den Film. Was dazwischen liegt, wirkt wie Zauberei, oder wie Diebstahl, oder wie ein Geist bei der Arbeit. Es ist nichts davon. Es ist ein einfacher Gedanke, sehr oft ausgeführt.',
        `Dieser Artikel zeigt den Gedanken an einem Netz, das wir so klein wie möglich gemacht haben. Es heißt mini. Es kennt ${n.words} Wörter und eine kleine Welt, in der Bälle hüpfen, Herzen wachsen und Fische schwimmen. Seine Filme haben 16 Bilder aus 32 mal 32 Pixeln und dauern zwei Sekunden. Das größte offene System seiner Art besteht aus etwa ${count(100 * Math.round(n.larger / 100))}-mal so vielen Zahlen. Aber die Teile sind dieselben, und an einem kleinen kann man jedem bei der Arbeit zusehen.`,
      ],
    },
    {
      title: 'Am Anfang ist nichts',
      text: [
        'Jeder Film beginnt hier als Rauschen: Jedes Pixel jedes Bildes bekommt seine Farbe durch Zufall, wie gewürfelt. Es ist kein Film darin, auch kein schwacher. Dann sieht das Netz auf das Rauschen und rät: Wäre das ein Film von einem kleinen roten Ball bei Nacht, von Rauschen bedeckt, wie sähe er aus? Die Vermutung ist schlecht, ein dunkler Fleck. Aber sie ist besser als nichts, und darum rückt das Bild ein kleines Stück auf sie zu. Jetzt ist etwas weniger Rauschen da, und das Netz rät wieder. Diese Vermutung ist etwas besser, denn es ist weniger im Weg. Nach sechzehn solchen Schritten ist das Rauschen fort, und ein Film steht da.',
      ],
      figure: {
        name: 'clearing',
        caption: `Vier Bilder eines Films. Oben, womit der Lauf beginnt. Darunter, wofür das Netz den fertigen Film hält, nach 1, 5, 9 und 16 Schritten. Nach dem ersten Schritt findet unser Leseprogramm ${n.one} von ${n.asked} verlangten Wörtern, nach dem letzten alle ${n.asked}.`,
      },
      more: [
        'Zwei Zahlen beschreiben so einen Lauf. Die eine sagt, wo man im Film ist: das Bild. Die andere sagt, wie weit das Rauschen fort ist: der Zeitschritt, 0 für reines Rauschen und 1 für einen klaren Film. Man verwechselt sie leicht, und daraus kommen die meisten falschen Vorstellungen von diesen Maschinen. Der Film kommt nicht vom Anfang zum Ende aus dem Rauschen, wie man einen Film dreht. Er kommt als Ganzes, von verschwommen zu scharf.',
        `Steckt der Film also im Rauschen, wie eine Figur im Stein? Das lässt sich prüfen. Wir nahmen genau dasselbe Rauschen, Pixel für Pixel, und änderten nur die Wörter. Heraus kamen ein Herz auf der Wiese und ein Fisch auf dem Meer: ${percent(n.otherWords)} des Bildes sehen anders aus. Dann ließen wir die Wörter und nahmen anderes Rauschen. Nun sehen ${percent(n.otherNoise)} anders aus: Es ist wieder ein kleiner roter Ball bei Nacht, aber er hüpft anderswo. Die Wörter sagen, was da sein soll. Was sie offen lassen, macht das Rauschen aus.`,
        `Und durchsucht es einen Vorrat an Filmen? Dafür ist kein Platz. Das ganze Netz besteht aus ${count(n.parameters)} Zahlen, in einer Datei von ${decimal(n.megabytes)} MB. Die Filme, die es sah, wären mehr als zweitausend Mal so groß.`,
      ],
    },
    {
      title: 'Wie es lernte: durch verdorbene Filme',
      text: [
        'Woher kommen die Vermutungen? Niemand hat aufgeschrieben, wie ein Ball aussieht oder wie er fällt. Das Netz hat das Raten gelernt, an einer einzigen Übung, immer wieder. Man nimmt einen Film. Man legt Rauschen darüber, wenig oder viel. Das Netz rät, wie der Film war. Man misst, wie weit es daneben liegt, und ändert jede seiner Zahlen ein klein wenig, so dass der Fehler kleiner wird. Dann kommt der nächste Film.',
        `Mini tat das mit ${count(n.clips)} Filmen und sah jeden nur einmal, in ${n.minutes} Minuten Training auf dem Prozessor eines gewöhnlichen Rechners und ${n.gpuMinutes} auf einem Grafikprozessor, der ihm acht von zehn davon zeigte. Alle Filme hat unser eigenes Programm gezeichnet; darum wissen wir genau, was sie zeigen und welchen Gesetzen sie folgen. Das ist ein Luxus. Große Systeme lernen aus Millionen von Filmen, die Menschen gemacht haben, und viele von ihnen hat niemand gefragt.`,
      ],
      figure: {
        name: 'wrecking',
        caption: `Ein Film unter 95, 80 und 50 % Rauschen (links), und was das Netz daraus gemacht hat (rechts). Wörter bekam es keine. Seine Pixel liegen um ${n.off.map(percent).join(', ')} daneben. Sieh erst nach links: Was hättest du gesagt?`,
      },
      more: [
        'Nun drehen wir die Übung um. Einer Maschine, die durch viel Rauschen hindurch einen Film errät, kann man auch nichts als Rauschen geben und ihr sagen, dass ein Film darunter liegt. Sie tut, was sie gelernt hat: Sie rät. Es ist ein wenig wie mit Gesichtern in Wolken, nur dass die Wolke danach so verändert wird, dass sie mehr wie das Gesicht aussieht, und dann sieht man wieder hin. Im Fach heißt das Diffusion oder Flow Matching: Der genaue Weg vom Rauschen zum Film ist verschieden, der Gedanke nicht.',
      ],
    },
    {
      title: 'Klötzchen aus Raum und Zeit',
      text: [
        'Ein Netz dieser Art heißt Transformer. Erfunden wurde es für Texte, und es rechnet mit Listen: von Wörtern oder Stücken von Wörtern, genannt Token. Um ihm einen Film zu geben, zerlegt man ihn. Mini zerlegt ihn in Blöcke von 8 mal 8 Pixeln, die 2 Bilder lang dauern: Raumzeit-Patches, 128 Stück. Aus jedem wird ein Token, eine Liste von Zahlen. Auch Sora rechnet mit Raumzeit-Patches, schreiben die, die es gebaut haben.',
      ],
      figure: {
        name: 'patches',
        caption:
          'Ein Bild, zerlegt, wie das Netz es tut: 4 mal 4 Quadrate, und in der Zeit 8 Lagen davon. Mehr als diese 128 Listen von Zahlen sieht das Netz nie von einem Bild.',
      },
      more: [
        'Wie fein man zerlegt, ist eine Frage der Kosten. Jeder Patch sieht jeden anderen an, 128 Patches sind also 16.384 Paare. Zerlegt man in jeder Richtung doppelt so fein, dann sind es achtmal so viele Patches und 64-mal so viele Paare. Zehn Sekunden in Full HD, so zerlegt wie hier, wären fast vier Millionen Patches, und das schafft kein Rechner. Darum drücken große Systeme den Film erst mit einem weiteren Netz zusammen und zerlegen den kleinen. Unserer ist so winzig, dass er das nicht braucht. Erst am Ende zeichnet ein zweites Netz, der Decoder, jedes Bild viermal so breit und so hoch.',
      ],
    },
    {
      title: 'Alle Bilder zugleich',
      text: [
        'Das Herz eines Transformers ist die Aufmerksamkeit, englisch attention. Jeder Patch schickt eine Art Frage aus, und jeder trägt eine Art Schild. Wo eine Frage zu einem Schild passt, übernimmt der eine, was der andere weiß. Welche Fragen sich lohnen, hat ihm niemand gesagt; auch das ist gelernt. In mini geschieht es für jede Vermutung zehnmal hintereinander, in zehn Blöcken.',
        'Das macht aus sechzehn Bildern einen Film. Ein Patch im letzten Bild kann nachsehen, wo der Fisch im ersten war. Entstünde jedes Bild allein, dann wäre jedes ein hübsches Bild von irgendeinem Fisch, und der Film würde flackern. Weil alle einander bei jedem Schritt ansehen, werden sie sich einig.',
      ],
      figure: {
        name: 'together',
        caption: `Der Bogen: Nach rechts läuft der Film, nach unten laufen die Schritte. Nach der Hälfte ist das erste Bild noch ${tenth(n.halfWay[0])} von seinem Ende entfernt, das mittlere ${tenth(n.halfWay[1])}, das letzte ${tenth(n.halfWay[2])}.`,
      },
      more: [
        'Der Bogen beantwortet auch eine häufige Frage: Nein, es zeichnet nicht Bild für Bild. In jeder Zeile sind alle Bilder etwa gleich weit.',
      ],
    },
    {
      title: 'Wörter schieben',
      text: [
        'Wo kommen die Wörter herein? Auch sie sind Token, und jeder Patch darf sie ansehen. Das allein ergibt Filme, die den Wörtern nur ungefähr folgen. Darum gibt es einen Kunstgriff, den auch die meisten großen Systeme nutzen. Bei jedem Schritt rät das Netz zweimal, einmal mit den Wörtern und einmal ohne. Der Weg von der zweiten Vermutung zur ersten ist wie ein Pfeil, der sagt: Das wollen die Wörter. Dann geht man diesem Pfeil einfach weiter nach, als das Netz es täte. Wie viel weiter, das nennt man Führung, englisch guidance scale.',
        `Man könnte meinen, mehr wäre besser. Das ist es nicht. Bei starker Führung werden die Farben grell, die Ränder hart, und alle Startzahlen sehen gleich aus: Von Führung 1 bis Führung 6 werden Filme derselben Wörter um ${percent(1 - n.spreadGuided / n.spreadPlain)} eintöniger (gemessen an nano, dem kleineren Netz, aus dem mini gewachsen ist).`,
      ],
      figure: {
        name: 'words',
        caption: `Eine kleine lila Rakete, die bei Nacht schnell steigt. Die Vermutung jedes Schritts haben wir von einem Programm lesen lassen: Es steht ${list(n.settled.map(({ what, step }) => `${settledNames[what]} ab Schritt ${step}`))} fest.`,
      },
      more: [
        'Nicht alle Wörter greifen zugleich. Das Große steht zuerst fest, hell oder dunkel, Land oder Meer, denn das errät man auch durch dickes Rauschen. Das Kleine und Feine kommt später.',
        'Und versteht es den Satz? Es hat gelernt, welche Filme zu welchen Wörtern gehören. Dass man mit einer Rakete zum Mond fliegt, weiß es nicht. Ein Wort, das es nie sah, bewirkt gar nichts.',
      ],
    },
    {
      title: 'Kurze Wege und lange Wege',
      text: [
        `Die Vermutung sagt nur, wo der Film liegen könnte. Wie man dorthin geht, ist uns überlassen: in einem Riesenschritt, in vieren, in hundert; gerade, oder mit einer Berichtigung auf halber Strecke. So eine Regel heißt Verfahren, englisch sampler, und auf der Seite gibt es ${n.samplers} davon. Jedes fragt das Netz einige Male, und jeder dieser Modellaufrufe kostet Zeit und Strom.`,
        `Ein Schritt ergibt einen verschwommenen Fleck. Im reinen Rauschen kann der Ball noch überall sein, und die beste Vermutung ist die Mitte aller Filme, die passen würden; und die Mitte von tausend Bällen an tausend Orten ist kein Ball. Mehr Schritte helfen, denn jede neue Vermutung hat weniger Rauschen vor sich. Aber das ist bald vorbei. In unserem Lauf aus ${n.steps} Schritten hat die zweite Hälfte nur noch ${percent(n.lateChange)} des Bildes so geändert, dass man es sieht.`,
      ],
    },
    {
      title: 'Es weiß, wie Fallen aussieht',
      text: [
        'In der kleinen Welt fällt jeder Ball mit derselben Schwerkraft und behält 85 % von seinem Tempo, wenn er auf den Boden trifft. Dem Netz hat das niemand gesagt. Es sah nur Filme. Hat es das Gesetz gefunden?',
        `Wir ließen es den kleinen roten Ball dreimal machen, mit drei Startzahlen, und maßen jeden Film Bild für Bild nach. Die Bälle fielen mit dem ${list(n.falls.map((g) => `${decimal(g)}-`))}Fachen der Schwerkraft ihrer Welt und behielten ${list(n.kept.map((share) => (share === null ? 'einen unklaren Teil' : percent(share))))} von ihrem Tempo. Jeder der Filme sieht richtig aus. Aber was das Gesetz in sich hätte, gäbe jedes Mal dieselbe Zahl.`,
      ],
      figure: {
        name: 'physics',
        caption:
          'Wie hoch die drei Bälle sind, Bild für Bild, aus den fertigen Filmen gelesen. Darunter ein grünes Herz: ein Paar von Wörtern, das im Training nie zusammen vorkam.',
      },
      more: [
        `Schärfer prüft man, wo es sich nicht auskennt. Wir gaben nano die ersten Bilder von Dingen, die geradeaus gehen. Bei einem Tempo, das es kannte, lag es um ${n.errorInside} % daneben. War es langsamer als alles, was es je sah, um ${n.errorSlower} %. Mit einem Lineal hätte man um ${n.errorStraight} % daneben gelegen. In größeren Netzen hat man dasselbe gefunden: Sie stützen sich mehr auf Fälle, die sie sahen, als auf ein Gesetz (Kang und andere, „How Far Is Video Generation from World Model“, 2024).`,
        'Und doch schreibt es nicht nur ab. Im Training haben wir mit Absicht einige Paare weggelassen; ein grünes Herz sah es nie. Verlangt man eines, dann zeichnet es eines. Es kennt Grünes, es kennt Herzen, und es kann beides verbinden. Was es gelernt hat, liegt irgendwo zwischen Abschreiben und Verstehen, und für diesen Ort haben wir kein gutes Wort.',
      ],
    },
    {
      title: 'Was das kleine zeigt, und was es nicht zeigen kann',
      text: [
        'Was du hier gesehen hast, ist, wie die großen arbeiten, soweit ihre Hersteller es sagen: Rauschen, Vermutungen, Raumzeit-Patches, Aufmerksamkeit zwischen allen, Wörter, die schieben, ein Verfahren, ein Decoder. Auch die Fehler sind verwandt. Dinge zerfließen oder gehen durcheinander hindurch, ein langer Wunsch wird nur halb erfüllt, und es sieht richtig aus, wo das Gesetz nicht stimmt.',
        `Aber ein kleines führt auch in die Irre. Es kennt acht Dinge an sechs Orten, von einem Programm gezeichnet. Es kann nicht zeigen, was mit der Größe kommt: Gesichter, Fell, Wasser, die Kamera, die durch ein Zimmer geht, tausende Wörter und Stile, und manches, was niemand vorhatte. Von 100 Wünschen nach einem Ding gelingen ihm ${n.rightInAll} in jedem Wort; von ${n.twoThings} Wünschen nach zwei Dingen gelangen ${n.twoThingsRight}. Es zeigt auch nicht, was Größe kostet: den Strom, das Wasser, das die Maschinen kühlt, die Menschen, die Filme sichten und beschriften, und die Filme, für die niemand gefragt wurde. Und man kann damit niemandem schaden, was für die großen nicht gilt.`,
      ],
    },
    {
      title: 'Wer hat diesen Film gemacht?',
      text: [
        'Eine Frage bleibt, und sie handelt nicht von Technik. Wenn eine Maschine von allem einen Film machen kann, was taugt ein Film dann noch als Zeuge? Deine Augen helfen dir immer weniger. In Kapitel 8 unserer Geschichte stehen zwei kleine Filme nebeneinander, einer nach Regeln gezeichnet und einer vom Netz, und es ist nicht leicht zu sagen, welcher welcher ist, obwohl dieses Netz in eine E-Mail passt. Bessere Fragen sind: Woher kommt er? Wer hat ihn zuerst gezeigt? Wer war noch dabei? Hersteller können ein Zeichen ins Bild setzen, eines darin verstecken oder ein Etikett mit Unterschrift beilegen, auf dem steht, wie ein Film entstand. Das alles hilft, und alles kann jemand entfernen, der das will. Die letzte Sicherung ist also jemand, der fragt.',
        'Auch darum gibt es diese Seite. Man muss so eine Maschine nicht bauen, um über sie zu urteilen. Aber man sollte einmal in eine hineingesehen haben, und sich dabei ein paarmal geirrt haben.',
      ],
    },
  ],
};

const settledNames = { setting: 'der Ort', colour: 'die Farbe', thing: 'das Ding', motion: 'die Bewegung' };
