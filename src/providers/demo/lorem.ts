import { createRandom } from "./schema-instance/random.ts";

const words =
  "amber anchor autumn bridge candle canyon cedar cloud coast copper crystal delta ember engine falcon fern field flint forest garden glacier granite harbor hazel hill island ivory jasmine kettle lagoon lantern lemon linen maple marble meadow mirror mist mountain nectar oak ocean olive orchard paper pebble pine planet plum prairie quartz quiet rain raven reef ridge river sail sand shadow silver sky slate smoke snow spruce stone storm summer thunder timber tower valley velvet violet walnut water willow wind winter".split(
    " ",
  );

const WORDS = 60;
const SENTENCE = 9;

/**
 * Sentences of made-up words, the same for the same seed: 60 words, or at least as many tokens as asked for
 * (every word is at least one token).
 */
export function loremText(seed: number, tokens: number | undefined): string {
  const random = createRandom(seed);
  const count = tokens ?? WORDS;
  const text: string[] = [];
  for (let index = 0; index < count; index++) {
    const word = random.pick(words);
    const first = index % SENTENCE === 0;
    const last = index % SENTENCE === SENTENCE - 1 || index === count - 1;
    text.push(`${first ? word.charAt(0).toUpperCase() + word.slice(1) : word}${last ? "." : ""}`);
  }
  return text.join(" ");
}
