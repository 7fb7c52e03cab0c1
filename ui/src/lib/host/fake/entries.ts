// Fictional reflections by a fictional leader, for looking at the interface without a vault.

/** A written example: how many days ago, at what time, its title, text, tags and star. */
export interface Sample {
  ago: number;
  time: string;
  title: string;
  body: string;
  tags: string[];
  starred?: boolean;
  template?: string;
}

export const samples: Sample[] = [
  {
    ago: 0,
    time: '08:40',
    title: 'At give slip på en opgave',
    tags: ['delegering', 'tillid'],
    starred: true,
    body: 'Jeg opdagede, at jeg rettede i hendes oplæg, før jeg havde læst det færdigt. Hun sagde ikke noget. Det var **stilheden**, der fik mig til at stoppe.\n\n## Hvad stod på spil?\n\nAt det skulle blive godt nok til udvalget. Men også, hvis jeg er ærlig, at det skulle ligne noget, *jeg* havde skrevet.\n\n> ”Den, der retter, ejer.” Det sagde en i netværket i foråret.\n\n- [x] Sig det til hende i morgen\n- [ ] Tag spørgsmålet med til netværksmødet\n',
  },
  {
    ago: 5,
    time: '16:10',
    title: 'Efter netværksmødet',
    tags: ['netværk'],
    body: 'Det, jeg tog med hjem: vi har alle den samme samtale, vi udskyder. Det var lettere at høre det fra de andre end at sige det selv.\n\nB. spurgte, hvad jeg ville fortryde mest, hvis jeg ventede til efter jul. Jeg havde ikke noget svar.\n',
  },
  {
    ago: 10,
    time: '17:25',
    title: 'Samtalen, der gik skævt',
    tags: ['samtaler', 'konflikt'],
    template: 'gibbs',
    body: '## Hvad skete der?\n\nJeg havde forberedt tre punkter. Vi kom aldrig til nummer to.\n\n## Hvad tænkte og følte jeg?\n\nAt jeg mistede grebet. Jeg blev hurtig og saglig, og det var dér, han lukkede i.\n\n## Hvad ville jeg gøre en anden gang?\n\nBegynde med spørgsmålet i stedet for med sagen.\n',
  },
  {
    ago: 17,
    time: '15:05',
    title: 'Ledernetværkets spilleregler',
    tags: ['netværk', 'tillid'],
    starred: true,
    body: 'Fortrolighed var ikke nok. Vi mangler et ord for det, man gerne må tage med hjem, når man har fjernet navnene.\n',
  },
  {
    ago: 24,
    time: '14:55',
    title: 'Fem minutter fredag',
    tags: ['ugen'],
    template: 'five-minutes',
    body: 'Gav energi: runden i køkkenet. Tog energi: budgetmødet, der skulle have været en mail.\n\nEt ord for ugen: *tålmodig*.\n',
  },
  {
    ago: 31,
    time: '18:20',
    title: '',
    tags: [],
    body: 'Hvis jeg skal være ærlig, ved jeg ikke, om omstruktureringen er rigtig. Jeg siger, at den er, fordi nogen skal.\n',
  },
  {
    ago: 38,
    time: '09:15',
    title: 'MUS med den nye souschef',
    tags: ['MUS', 'udvikling'],
    body: 'Hun bad om mere ansvar og mindre opsyn. Jeg sagde ja til begge dele og opdagede bagefter, at jeg kun havde ment det første.\n\n| Det bad hun om | Det svarede jeg |\n|---|---|\n| Egne vagtplaner | Ja, fra januar |\n| Færre statusmøder | Hver anden uge |\n',
  },
  {
    ago: 45,
    time: '20:30',
    title: 'Sygefraværet i afdelingen',
    tags: ['trivsel'],
    body: 'Tallene er ikke høje. Det er mønsteret, der er nyt: mandage efter weekender, hvor vi har bedt folk om at tage en vagt ekstra.\n',
  },
  {
    ago: 52,
    time: '16:45',
    title: 'Fem minutter fredag',
    tags: ['ugen'],
    template: 'five-minutes',
    body: 'Gav energi: at sige nej til udvalget. Tog energi: at forklare hvorfor, fire gange.\n',
  },
  {
    ago: 60,
    time: '11:00',
    title: 'Det, jeg ikke sagde på ledermødet',
    tags: ['møder'],
    starred: true,
    body: 'Chefen spurgte, om alle var med. Vi nikkede alle sammen. I bilen på vej hjem talte jeg højt med mig selv i tyve minutter.\n\n1. Vi er ikke enige om målet.\n2. Det ved alle.\n3. Ingen siger det først.\n',
  },
  {
    ago: 73,
    time: '19:10',
    title: 'En god morgen',
    tags: ['trivsel'],
    body: 'Kom en halv time før de andre og satte mig i fællesrummet uden at åbne computeren. Tre mennesker satte sig. Jeg lærte mere end på et kvartals opfølgning.\n',
  },
  {
    ago: 88,
    time: '13:40',
    title: 'Skolebestyrelsen og tonen',
    tags: ['samarbejde'],
    body: 'Formanden var skarp, og jeg svarede igen. Bagefter kunne jeg ikke huske, hvad sagen var, kun tonen.\n',
  },
  {
    ago: 101,
    time: '21:05',
    title: 'Efter ferien',
    tags: ['ugen'],
    body: 'Jeg havde glemt at savne det. Det er måske det vigtigste, jeg har skrevet her.\n',
  },
  {
    ago: 120,
    time: '10:30',
    title: 'Afsked med en medarbejder',
    tags: ['samtaler'],
    template: 'before-a-hard-conversation',
    body: '## Hvad vil jeg opnå?\n\nAt hun går herfra med sin værdighed i behold.\n\n## Hvad er jeg bange for?\n\nAt jeg forsvarer mig.\n',
  },
  {
    ago: 141,
    time: '15:50',
    title: 'Hvad teamet ville savne',
    tags: ['trivsel', 'netværk'],
    body: 'Jeg spurgte, hvad de ville savne, hvis de rejste i morgen. Ingen nævnte projekterne. Alle nævnte hinanden og frokosten.\n',
  },
  {
    ago: 163,
    time: '12:15',
    title: 'Økonomien og ærligheden',
    tags: ['økonomi'],
    body: 'Jeg viste dem det rigtige tal. Det var ikke så slemt som tavsheden før.\n',
  },
  {
    ago: 190,
    time: '17:00',
    title: 'Sparring med R.',
    tags: ['netværk'],
    body: 'R. sagde: ”Du leder, som om nogen kigger.” Jeg tænker stadig over, hvem det er.\n',
  },
  {
    ago: 221,
    time: '08:05',
    title: 'Vagtplanen igen',
    tags: ['delegering'],
    body: 'Det er tredje gang, jeg laver den om. Det er ikke vagtplanen, der er problemet.\n',
  },
  {
    ago: 365,
    time: '16:40',
    title: 'At spørge først',
    tags: ['møder'],
    body: 'Jeg gik derfra med en følelse af at have talt for meget og hørt for lidt. Næste gang spørger jeg først.\n',
  },
  {
    ago: 372,
    time: '14:20',
    title: 'Netværksdag i Vejle',
    tags: ['netværk'],
    body: 'Gåturen to og to gav mere end oplæggene. Øvelsen kunne vi bruge herhjemme: ti minutter til den ene, ti til den anden, ingen råd.\n',
  },
  {
    ago: 431,
    time: '18:35',
    title: 'Mit første år',
    tags: ['udvikling'],
    starred: true,
    body: 'Jeg troede, at det handlede om at have svarene hurtigere end de andre. Det handler om at kunne holde ud, at de ikke er der endnu.\n',
  },
  {
    ago: 730,
    time: '09:50',
    title: 'Dag 1',
    tags: ['udvikling'],
    body: 'Nyt skrivebord, nyt adgangskort, og alle ved, hvad jeg hedder. Jeg kender tre navne.\n',
  },
];

/** Words that the long list is made of. */
export const heads = [
  'Mødet om vagtplanen',
  'Ledernetværket',
  'Fem minutter fredag',
  'Samtale med en medarbejder',
  'Budgettet',
  'Efter personalemødet',
  'En stille dag',
  'Tilsynet',
];
export const lines = [
  'Jeg lagde mærke til, at ingen sagde noget, før jeg selv havde sagt det.',
  'Det gik bedre, end jeg havde frygtet, og dårligere, end jeg fortæller.',
  'Næste gang vil jeg vente ti sekunder længere.',
  'Vi blev enige om at prøve det i en måned og så tale sammen igen.',
  'Tilliden kom først, da planen blev lagt væk.',
];
