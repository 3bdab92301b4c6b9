/** With which node.ts ends where Dawn finds no graphics processor: another Vulkan may be worth a try. */
export const noAdapter = 3;
