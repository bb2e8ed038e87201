/** The same moment as a `Date`: a queue that keeps events and rows as JSON has turned their dates into text. */
export function moment(date: Date | undefined): Date | undefined {
  return date && new Date(date);
}
