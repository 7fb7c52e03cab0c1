/** One meeting on the screen: what is in the store, and what is being written on it. */
import type { AgendaItem, EntrySuggestion, Meeting, MeetingText, Network, Question } from '$lib/bindings';
import { Autosave } from '$lib/autosave.svelte';
import { asHostError } from '$lib/error';
import type { Host, HostError } from '$lib/host';
import { attempt } from '$lib/undo';

type Written = Omit<MeetingText, 'version'>;

export class MeetingDesk {
  meeting: Meeting | null = $state.raw(null);
  network: Network | null = $state.raw(null);
  suggestions: EntrySuggestion[] = $state.raw([]);
  trouble: HostError | null = $state.raw(null);
  /** What is written: each saves itself. */
  readonly text: Autosave<Written>;
  readonly questions: Autosave<Question[]>;
  readonly agenda: Autosave<AgendaItem[]>;

  readonly id: string;
  readonly #host: Host;
  #version = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(host: Host, id: string) {
    this.#host = host;
    this.id = id;
    this.text = new Autosave<Written>({ aim: '', notes: '', carryOver: '' }, async (text) => {
      this.#version = await host.meetingSave(id, { ...text, version: this.#version });
    });
    this.questions = new Autosave<Question[]>([], (questions) => this.#inTurn(() => host.meetingSetQuestions(id, questions)));
    this.agenda = new Autosave<AgendaItem[]>([], (items) => this.#inTurn(() => host.meetingSetAgenda(id, items.filter((one) => one.title.trim() !== ''))));
  }

  /** Reads everything anew; what is being written stays. */
  async load(): Promise<void> {
    try {
      await this.#inTurn(() => this.#host.meetingGet(this.id));
      const meeting = this.meeting;
      if (!meeting) return;
      this.#takeText(meeting.text);
      this.questions.took(meeting.questions);
      this.agenda.took(meeting.agenda);
      this.network = await this.#host.networkGet(meeting.row.network);
      this.trouble = null;
    } catch (thrown) {
      this.trouble = asHostError(thrown);
      return;
    }
    await this.suggest();
  }

  /** Which entries might be brought. */
  async suggest(): Promise<void> {
    this.suggestions = await this.#host.meetingEntrySuggestions(this.id).catch(() => []);
  }

  #took(meeting: Meeting): void {
    this.meeting = meeting;
  }

  /** One change after the other: each answers with the whole meeting, and the last answer is the one that holds. */
  #inTurn(work: () => Promise<Meeting>): Promise<void> {
    const mine = this.#turn.then(async () => this.#took(await work()));
    this.#turn = mine.catch(() => {});
    return mine;
  }

  #takeText({ version, ...text }: MeetingText): void {
    if (!this.text.unsaved) this.#version = version;
    this.text.took(text);
  }

  /** Does something that answers with the whole meeting. */
  async change(work: () => Promise<Meeting>): Promise<boolean> {
    return attempt(() => this.#inTurn(work));
  }

  /** Writes a field. */
  write(part: Partial<Written>): void {
    this.text.edit({ ...this.text.value, ...part });
  }

  /** Keeps what stands here over what was written elsewhere. */
  async insist(): Promise<void> {
    await attempt(async () => {
      this.#version = (await this.#host.meetingGet(this.id)).text.version;
      await this.text.insist();
    });
  }

  /** Takes what was written elsewhere. */
  async yield(): Promise<void> {
    await attempt(async () => {
      const { version, ...text } = (await this.#host.meetingGet(this.id)).text;
      this.#version = version;
      this.text.replace(text);
    });
  }

  /** Whether everything written is in the store. */
  get unsaved(): boolean {
    return this.text.unsaved || this.questions.unsaved || this.agenda.unsaved;
  }

  /** Saves everything, or fails with what kept it from being saved. */
  async durable(): Promise<void> {
    const all = await Promise.allSettled([this.text.durable(), this.questions.durable(), this.agenda.durable()]);
    const failed = all.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** As `durable`, for leaving: false where something is not in the store. */
  async flush(): Promise<boolean> {
    const all = await Promise.all([this.text.flush(), this.questions.flush(), this.agenda.flush()]);
    return all.every(Boolean);
  }

  close(): void {
    this.text.close();
    this.questions.close();
    this.agenda.close();
  }
}
