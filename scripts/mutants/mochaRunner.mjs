// Stryker's own runner for mocha does not load mocha 12, and the one that does needs a newer Node than the bot. This one
// loads every test once and switches mutants inside the process.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';

const rules = 'build/src/rules/';
const folder = 'build/test/rules/';
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Mocha's reporter for one run: what each test came to, in Stryker's words. */
function collect(runner, tests) {
  const add = (test, more) => {
    const name = test.fullTitle();
    tests.push({ id: name, name, timeSpentMs: test.duration ?? 0, ...more });
  };
  runner.on('pass', (test) => add(test, { status: TestStatus.Success }));
  runner.on('fail', (test, error) =>
    add(test, { status: TestStatus.Failed, failureMessage: String(error?.message ?? error) }),
  );
}

class MochaRunner {
  /** Where the instrumented code counts what it runs, and reads which mutant is switched on. */
  context;
  isLoaded = false;

  constructor() {
    const name = INSTRUMENTER_CONSTANTS.NAMESPACE;
    globalThis[name] ??= {};
    this.context = globalThis[name];
  }

  /** What is imported once stays: a mutant that acts while files load gets a process of its own. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  init() {
    this.mocha = new Mocha({ reporter: class {}, timeout: 0 });
    this.mocha.cleanReferencesAfterRun(false);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.js')))
      this.mocha.addFile(folder + file);
    this.mocha.suite.beforeEach('name the test', this.hook());
  }

  hook() {
    const { context } = this;
    return function nameTest() {
      context.currentTestId = this.currentTest?.fullTitle();
    };
  }

  async dryRun({ coverageAnalysis, disableBail }) {
    const result = await this.run(!disableBail);
    return coverageAnalysis === 'off' ? result : { ...result, mutantCoverage: this.context.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit, mutantActivation }) {
    this.context.hitLimit = hitLimit;
    this.context.hitCount = hitLimit ? 0 : undefined;
    this.mocha.grep(new RegExp(testFilter ? testFilter.map((id) => `^${escaped(id)}$`).join('|') : ''));
    return toMutantRunResult(await this.run(!disableBail, activeMutant.id, mutantActivation));
  }

  async run(bail, mutant, activation) {
    try {
      if (!this.isLoaded) {
        this.context.activeMutant = activation === 'static' ? mutant : undefined;
        await this.load();
        this.isLoaded = true;
      }
      this.context.activeMutant = mutant;
      const tests = await this.runMocha(bail);
      return (
        determineHitLimitReached(this.context.hitCount, this.context.hitLimit) ?? {
          status: DryRunStatus.Complete,
          tests,
        }
      );
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: String(error?.stack ?? error) };
    }
  }

  /** The rules first, then the tests: what a test makes while it loads is no part of a rule's own loading. */
  async load() {
    const files = readdirSync(rules, { recursive: true }).filter((name) => name.endsWith('.js'));
    for (const file of files) await import(pathToFileURL(resolve(rules, file)).href);
    const { mutantCoverage } = this.context;
    const own = { ...mutantCoverage?.static };
    await this.mocha.loadFilesAsync();
    if (mutantCoverage) mutantCoverage.static = own;
  }

  runMocha(bail) {
    const tests = [];
    const setBail = (suite) => {
      suite.bail(bail);
      for (const child of suite.suites) setBail(child);
    };
    setBail(this.mocha.suite);
    return new Promise((resolve) => {
      const runner = this.mocha.run(() => resolve(tests));
      collect(runner, tests);
    });
  }

  dispose() {
    this.mocha?.dispose();
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'rules', MochaRunner)];
