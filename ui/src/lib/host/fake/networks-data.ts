// Fictional networks of a fictional leader; nobody here exists.
import type { AgendaItem, Commitment, Member, MeetingText, NetworkForm, Promiser, Question } from '$lib/bindings';
import { addDays, weekdayOf } from './clock';

export interface FakeNetwork {
  id: string;
  form: NetworkForm;
  members: Member[];
}

export interface FakeMeeting {
  id: string;
  network: string;
  event: string;
  recurrenceId: string | null;
  /** As it was last known. */
  snapshot: { title: string; start: string; end: string; location: string };
  text: MeetingText;
  host: string | null;
  facilitator: string | null;
  method: string;
  agenda: AgendaItem[];
  questions: Question[];
  entries: string[];
  reflection: string | null;
  ready: boolean;
}

const member = (id: string, name: string, workplace: string, role = '', notes = ''): Member => ({
  id,
  form: { name, role, workplace, email: `${name.split(' ')[0]?.toLowerCase()}@eksempel.dk`, notes },
});

export const networksAtStart = (): FakeNetwork[] => [
  {
    id: 'w-south',
    form: {
      name: 'Ledernetværk Syd',
      purpose: 'Otte ledere fra skoler, dagtilbud og ældrepleje, der øver sig i at lede gennem andre.',
      colour: 'green',
      rhythm: 'Hver fjerde torsdag formiddag',
      titleContains: 'Ledernetværk Syd',
    },
    members: [
      member('p-birgitte', 'Birgitte Holm', 'Skolen ved Åen', 'Vært'),
      member('p-jens', 'Jens Aaby', 'Hjemmeplejen Vest', 'Holder tråden', 'Spurgte til mit budget sidst. Ring til ham før mødet.'),
      member('p-lone', 'Lone Damgaard', 'Børnehuset Solbakken'),
      member('p-mette', 'Mette Skov', 'Biblioteket'),
      member('p-ole', 'Ole Frandsen', 'Materielgården'),
      member('p-poul', 'Poul Enevold', 'Ungdomsskolen'),
      member('p-sara', 'Sara Winther', 'Socialpsykiatrien'),
    ],
  },
  {
    id: 'w-north',
    form: { name: 'Ledernetværk Nord', purpose: '', colour: 'blue', rhythm: 'Den anden torsdag i måneden', titleContains: 'Ledernetværk Nord' },
    members: [member('p-tove', 'Tove Bech', 'Skolen i Nord', 'Vært'), member('p-kim', 'Kim Østergaard', 'Teknik og miljø')],
  },
];

const agenda = (): AgendaItem[] => [
  { title: 'Modtagertid', minutes: 10 },
  { title: 'Lovet sidst', minutes: 20 },
  { title: 'Kollegial sparring', minutes: 60 },
  { title: 'Fri netværkstid', minutes: 30 },
];

export function meetingsAtStart(today: string): FakeMeeting[] {
  const monday = addDays(today, 1 - weekdayOf(today));
  const day = (by: number) => addDays(monday, by);
  const meeting = (id: string, network: string, event: string, title: string, on: string, more: Partial<FakeMeeting> = {}): FakeMeeting => ({
    id,
    network,
    event,
    recurrenceId: null,
    snapshot: { title, start: `${on}T09:00`, end: `${on}T12:00`, location: 'Rådhuset, lokale 2' },
    text: { aim: '', notes: '', carryOver: '', version: 1 },
    host: null,
    facilitator: null,
    method: '',
    agenda: [],
    questions: [],
    entries: [],
    reflection: null,
    ready: false,
    ...more,
  });
  return [
    meeting('m-last', 'w-south', 'e-3', 'Ledernetværk Syd: spilleregler', day(-25), {
      text: { aim: 'At få sagt, hvad fortrolighed er hos os.', notes: 'Vi mangler et ord for det, man gerne må tage med hjem.', carryOver: 'Spillereglerne skrives færdige.', version: 3 },
      agenda: agenda(),
      ready: true,
    }),
    meeting('m-next', 'w-south', 'e-1', 'Ledernetværk Syd: at lede gennem andre', day(3), {
      text: { aim: 'At høre, hvordan de andre slipper en opgave uden at slippe ansvaret.', notes: '', carryOver: '', version: 1 },
      host: 'p-birgitte',
      facilitator: 'p-jens',
      method: 'Kollegial sparring',
      agenda: agenda(),
      questions: [
        { text: 'Hvornår hjalp det at lade være?', answer: '', entry: 'first' },
        { text: 'Hvad beder du gruppen om?', answer: '', entry: null },
      ],
      entries: ['first'],
    }),
    meeting('m-year', 'w-south', 'e-2', 'Ledernetværk Syd: året, der gik', day(24)),
    meeting('m-gone', 'w-north', 'gone', 'Ledernetværk Nord: budget', day(9), {
      text: { aim: 'At få deres råd om besparelsen.', notes: '', carryOver: '', version: 1 },
    }),
  ];
}

export function commitmentsAtStart(today: string): Commitment[] {
  const me: Promiser = { kind: 'me' };
  const by = (id: string): Promiser => ({ kind: 'member', id });
  let made = 0;
  const one = (who: Promiser, whoName: string, what: string, due: number | null, more: Partial<Commitment> = {}): Commitment => ({
    id: `k-${++made}`,
    network: 'w-south',
    meeting: 'm-last',
    form: { who, what, due: due === null ? null : addDays(today, due) },
    whoName,
    state: 'open',
    madeAt: `${addDays(today, -26)}T11:40:00+01:00`,
    closedAt: null,
    history: [],
    ...more,
  });
  return [
    one(me, '', 'Vent med at svare på afdelingsmødet', 1, {
      history: [{ at: `${addDays(today, -5)}T08:00:00+01:00`, what: 'Vent med at svare på afdelingsmødet', due: addDays(today, -6), state: 'open' }],
    }),
    one(me, '', 'Send årshjulet til de nye', 10),
    one(me, '', 'Spørg teamet, hvad de ville savne', -3, { state: 'done', closedAt: `${addDays(today, -4)}T15:00:00+01:00` }),
    one(by('p-birgitte'), 'Birgitte Holm', 'Del jeres mødeskabelon', -2, { state: 'done', closedAt: `${addDays(today, -2)}T10:00:00+01:00` }),
    one(by('p-jens'), 'Jens Aaby', 'Ring om vagtplanen', 2),
  ];
}
