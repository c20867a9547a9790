// Builds the feed the settings ask for, and the simulator behind it when it is ours.
import type { Clock } from '@/lib/units/time';
import type { Config } from '@/server/config';
import { createCaptureFeedSource } from '@/server/feed/capture-feed-source';
import type { FeedSource } from '@/server/feed/feed-source';
import { createSocketFeedSource } from '@/server/feed/socket-feed-source';
import { startSimulator } from '@/server/simulator/start-simulator';

export type OpenFeed = { readonly source: FeedSource; stop(): Promise<void> };

export async function openFeed({
  config,
  clock,
  random,
}: {
  config: Config;
  clock: Clock;
  random: () => number;
}): Promise<OpenFeed> {
  const nothing = async () => undefined;
  switch (config.FEED) {
    case 'live':
      return { source: createSocketFeedSource({ name: 'live', url: config.FEED_URL, clock, random }), stop: nothing };
    case 'replay': {
      const source = createCaptureFeedSource({ file: config.REPLAY_FILE!, speed: config.REPLAY_SPEED, clock });
      return { source, stop: nothing };
    }
    case 'simulator': {
      const simulator = await startSimulator({
        port: config.SIM_PORT,
        seed: config.SIM_SEED ?? String(random()),
        speed: config.SIM_SPEED,
        hazard: config.SIM_HAZARD,
        faults: config.SIM_FAULTS,
        clock,
      });
      const source = createSocketFeedSource({ name: 'simulator', url: simulator.url, clock, random });
      return { source, stop: () => simulator.stop() };
    }
  }
}
