import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type Sdk = ConfigurationBotFrameworkAuthentication;
type ConnectorFactory = ReturnType<Sdk['createConnectorFactory']>;
type Identity = Parameters<Sdk['createConnectorFactory']>[0];
type ConnectorClient = Awaited<ReturnType<ConnectorFactory['create']>>;
type UserTokenClient = Awaited<ReturnType<Sdk['createUserTokenClient']>>;

const mostKept = 100;

/**
 * The SDK's clients, kept in place of being built anew for each turn (a third of its time, more with managed identity).
 * Nothing here checks a request: the front door did.
 */
export class KeptAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Promise<ConnectorClient>>();
  #userTokens: Promise<UserTokenClient> | undefined;

  override createConnectorFactory(identity: Identity): ConnectorFactory {
    return { create: (serviceUrl, audience) => this.#connector(identity, serviceUrl, audience) };
  }

  override createUserTokenClient(identity: Identity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(identity);
    return this.#userTokens;
  }

  override authenticateRequest(): never {
    throw new Error('requests are checked at the front door');
  }

  override authenticateStreamingRequest(): never {
    throw new Error('streaming is not offered');
  }

  #connector(identity: Identity, serviceUrl: string, audience: string | undefined): Promise<ConnectorClient> {
    const key = `${serviceUrl} ${audience ?? ''}`;
    const kept = this.#connectors.get(key);
    if (kept) return kept;
    const made = super.createConnectorFactory(identity).create(serviceUrl, audience);
    made.catch(() => this.#connectors.delete(key));
    const [oldest] = this.#connectors.keys();
    if (this.#connectors.size >= mostKept && oldest !== undefined) this.#connectors.delete(oldest);
    this.#connectors.set(key, made);
    return made;
  }
}
