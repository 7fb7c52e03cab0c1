import type {
  AgendaItem,
  Commitment,
  CommitmentForm,
  CommitmentState,
  EntrySuggestion,
  Meeting,
  MeetingRow,
  MeetingText,
  Member,
  MemberForm,
  Network,
  NetworkDay,
  NetworkForm,
  NetworkRow,
  ParsedCommitment,
  Question,
  Reminding,
  Touched,
} from '$lib/bindings';

/** Networks, their meetings and what was promised there. */
export interface NetworkHost {
  networks(): Promise<NetworkRow[]>;
  networkGet(id: string): Promise<Network>;
  networkCreate(form: NetworkForm): Promise<Network>;
  networkChange(id: string, form: NetworkForm): Promise<Network>;
  networkTouches(id: string): Promise<Touched>;
  networkDelete(id: string): Promise<void>;
  memberAdd(network: string, form: MemberForm): Promise<Member>;
  memberChange(member: string, form: MemberForm): Promise<Member>;
  /** Their commitments keep their name. */
  memberRemove(member: string): Promise<void>;
  /** Makes a meeting of an occurrence. */
  meetingTie(network: string, event: string, recurrenceId: string | null): Promise<Meeting>;
  /** A detached meeting finds its occurrence again. */
  meetingRetie(meeting: string, event: string, recurrenceId: string | null): Promise<Meeting>;
  /** Not a meeting; not suggested again. */
  suggestionDismiss(network: string, event: string, recurrenceId: string | null): Promise<void>;
  meetingGet(id: string): Promise<Meeting>;
  /** The event stays. */
  meetingDelete(id: string): Promise<void>;
  meetingTouches(id: string): Promise<Touched>;
  /** The new version; refused as `changed` where another was saved since. */
  meetingSave(id: string, text: MeetingText): Promise<number>;
  meetingSetAgenda(id: string, items: AgendaItem[]): Promise<Meeting>;
  meetingSetQuestions(id: string, questions: Question[]): Promise<Meeting>;
  meetingSetEntries(id: string, entries: string[]): Promise<Meeting>;
  meetingSetPeople(id: string, host: string | null, facilitator: string | null, method: string): Promise<Meeting>;
  meetingSetReady(id: string, ready: boolean): Promise<Meeting>;
  meetingSetReflection(id: string, entry: string | null): Promise<Meeting>;
  meetingEntrySuggestions(id: string): Promise<EntrySuggestion[]>;
  /** Asks where, and writes the preparation; null where the question was dismissed. */
  meetingMarkdown(id: string): Promise<string | null>;
  /** Where an entry was brought, or which it reflects on. */
  entryMeetings(entry: string): Promise<MeetingRow[]>;
  commitmentParse(network: string, line: string): Promise<ParsedCommitment>;
  commitmentAdd(network: string, meeting: string | null, form: CommitmentForm): Promise<Commitment>;
  commitmentChange(id: string, form: CommitmentForm): Promise<Commitment>;
  commitmentSetState(id: string, state: CommitmentState): Promise<Commitment>;
  commitmentDelete(id: string): Promise<void>;
  networkDay(today: string): Promise<NetworkDay>;
  reminding(): Promise<Reminding>;
  remindingSave(reminding: Reminding): Promise<void>;
  reminderPutAway(meeting: string): Promise<void>;
}
