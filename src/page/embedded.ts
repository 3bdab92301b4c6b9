/** Whether the page is to be the film alone, in the frame of another one: `?embed` in its address. */
export const isEmbedded = (): boolean => new URLSearchParams(location.search).has('embed');
