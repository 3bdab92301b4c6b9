/** What the laboratory can show, in the order of its tabs. */
export const labViews = ['path', 'compare', 'wall', 'race', 'noise', 'break'] as const;
export type LabView = (typeof labViews)[number];
