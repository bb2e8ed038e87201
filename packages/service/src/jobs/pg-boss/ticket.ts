/** What pg-boss carries: the job it stands for, and which of that job's tickets it is. Only the newest one counts. */
export interface Ticket {
  readonly subject: string;
  readonly contractNumber: number;
  readonly ticket: number;
}
