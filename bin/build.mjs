// npm run build: dependencies, then the build when anything it is made from has changed.
import './setup/require-node.mjs';
import { runSetup } from './setup/run-setup.mjs';
import { ensureBuild, ensureDependencies } from './setup/prepare.mjs';

await runSetup(process.stdout, async (steps) => {
  await ensureDependencies({ steps });
  await ensureBuild({ steps });
});
