# syntax=docker/dockerfile:1
# The bot as one image: built code and production dependencies, run by an account that may write nothing but /data.
# The base is pinned by its exact tag. To pin the bytes too, add the digest that
# `docker buildx imagetools inspect node:24.9.0-bookworm-slim` prints: node:24.9.0-bookworm-slim@sha256:...
FROM node:24.9.0-bookworm-slim AS build
WORKDIR /app
ENV npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts ./scripts
COPY cards ./cards
COPY test ./test
COPY src ./src
RUN npm run build && npm run bundle && rm -rf build/test build/.tsbuildinfo && npm prune --omit=dev

FROM node:24.9.0-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=3978
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/cards ./cards
# A new volume on /data takes over who owns this folder. With MONGODB_URI nothing is written there.
RUN mkdir /data && chown node:node /data && chmod 700 /data
# The account "node" of the base image, by number: Kubernetes can then see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "build/scripts/healthcheck.js"]
CMD ["node", "--enable-source-maps", "build/bundle/bot/main/main.js"]
