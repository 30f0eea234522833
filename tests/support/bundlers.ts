import { join } from 'node:path';
import { expect } from 'vitest';
import webpack from 'webpack';
import type { Project } from './project.ts';

/** A page whose only script is that module. */
export const pageOf = (script: string, body: string): string =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${body}<script type="module" src="${script}"></script>`;

/** How an empty project is built: the folder has an `index.html`, and in `public` what the page fetches. */
export interface Bundler {
  readonly name: string;
  /** Builds a folder of the project, and returns the path of what can be served. */
  build(project: Project, folder: string): Promise<string>;
}

const vite: Bundler = {
  name: 'Vite',
  async build(project, folder) {
    await project.node(join(process.cwd(), 'node_modules/vite/bin/vite.js'), 'build', folder, '--logLevel', 'warn');
    return join(project.folder, folder, 'dist');
  },
};

/** Its configuration names nothing but where things lie. It is told to leave names and spaces: that takes half a minute and finds nothing. */
const bundleByWebpack: Bundler = {
  name: 'webpack',
  async build(project, folder) {
    const context = join(project.folder, folder);
    const compiler = webpack({
      ...{ mode: 'production', context, entry: './main.js', performance: false },
      ...{ output: { path: join(context, 'public') }, optimization: { minimize: false } },
    });
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
      compiler.run((error, done) => (error === null ? resolve(done) : reject(error))),
    );
    expect(stats?.toString({ all: false, errors: true, warnings: true })).toBe('');
    return join(context, 'public');
  },
};

export const bundlers: readonly Bundler[] = [vite, bundleByWebpack];
