/** By this header a store knows which process has sent a request. */
export const processHeader = 'x-process-id';

/** `fetch` with the number of this process in each request. */
export const fetchWithProcessId: typeof fetch = (address, init) => {
  const headers = new Headers(init?.headers);
  headers.set(processHeader, String(process.pid));
  return fetch(address, { ...init, headers });
};
