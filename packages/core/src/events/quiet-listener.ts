/** A listener whose failure, thrown or of the promise it returned, reaches nobody. */
export function quietListener<Event>(listener: ((event: Event) => unknown) | undefined): (event: Event) => void {
  const tell = async (event: Event): Promise<void> => {
    try {
      await listener?.(event);
    } catch {
      // A listener that fails must not fail the work it is told about.
    }
  };
  return (event) => void tell(event);
}
