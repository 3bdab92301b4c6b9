/** What can stand beside the stage, in the order of the header. One is shown at a time; a link says which. */
export const viewNames = ['watch', 'story', 'inside', 'make', 'learn', 'lab'] as const;
export type ViewName = (typeof viewNames)[number];

/** What the laboratory can show, in the order of its tabs. */
export const labViews = ['path', 'compare', 'wall', 'race', 'noise', 'break'] as const;
export type LabView = (typeof labViews)[number];
