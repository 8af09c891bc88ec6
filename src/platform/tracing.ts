import { context, type Tracer, trace } from '@opentelemetry/api';

export type Tracing = { tracer: Tracer; stop: () => Promise<void> };

/**
 * Sends spans to the collector at `endpoint` (opentelemetry.io, "OTLP Exporter Configuration"): what else can be set of
 * that, such as `OTEL_EXPORTER_OTLP_HEADERS`, OpenTelemetry reads by itself. Its code is loaded only here. Undefined, and
 * nothing loaded, where there is no endpoint.
 */
export async function startTracing(endpoint: string | undefined): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'social-profiles' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  // So that a span finds the one it is within. Nothing else of the process makes spans.
  provider.register();
  return {
    tracer: provider.getTracer('social-profiles'),
    async stop() {
      await provider.shutdown().catch(() => undefined);
      trace.disable();
      context.disable();
    },
  };
}
