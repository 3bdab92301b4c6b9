/** Words to stay away from: what a setting says, and what was heard in the prompt ("no boat"), each once, with commas. */
export function awayFrom(setting: string, heard: string): string {
  const said = setting.split(',').map((part) => part.trim());
  const more = heard.split(',').map((part) => part.trim()).filter((part) => part !== '' && !said.includes(part)); // prettier-ignore
  return more.length === 0 ? setting : [...said, ...more].filter(Boolean).join(', ');
}
