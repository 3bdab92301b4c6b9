/** The base of the story's elements: beside studio and strings they have the player, and the story in the page's language. */
import { property } from 'lit/decorators.js';
import { storyIn, type StoryStrings } from '../../i18n/story';
import type { Player } from '../../lessons/player';
import { StudioElement } from '../../ui/element';

export abstract class StoryElement extends StudioElement {
  @property({ attribute: false }) player!: Player;

  protected get story(): StoryStrings {
    return storyIn(this.strings);
  }
}
