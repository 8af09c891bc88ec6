using 'main.bicep'

// Yours to fill in: your registry in place of "contoso", twice.
param image = 'contoso.azurecr.io/social-profiles-for-teams:0.1.0'
param containerRegistry = 'contoso'
// Empty until the host name of BASE_URL is bound; then the id of its certificate (docs/deploy.md has the command).
param certificateId = ''

// All else comes from the environment of whoever deploys, so that no secret is ever in this file.
param botAppId = readEnvironmentVariable('MicrosoftAppId')
param botAppSecret = readEnvironmentVariable('MicrosoftAppPassword')
param tenantId = readEnvironmentVariable('MicrosoftAppTenantId')
param tokenKeys = readEnvironmentVariable('TOKEN_KEYS')
param admins = readEnvironmentVariable('ADMINS')
param baseUrl = readEnvironmentVariable('BASE_URL')

// "own" for a MongoDB that you have: its address is then MONGODB_URI.
param database = 'cosmos'
param cosmosPassword = readEnvironmentVariable('COSMOS_PASSWORD', '')
param mongodbUri = readEnvironmentVariable('MONGODB_URI', '')

// A network that is not set is not offered. Another setting that you need has its place here as well.
param settings = {
  ENTRA_CLIENT_ID: readEnvironmentVariable('ENTRA_CLIENT_ID', '')
  X_CLIENT_ID: readEnvironmentVariable('X_CLIENT_ID', '')
  FACEBOOK_CLIENT_ID: readEnvironmentVariable('FACEBOOK_CLIENT_ID', '')
  INSTAGRAM_CLIENT_ID: readEnvironmentVariable('INSTAGRAM_CLIENT_ID', '')
  INSTAGRAM_LIKES: readEnvironmentVariable('INSTAGRAM_LIKES', '')
  LINKEDIN_CLIENT_ID: readEnvironmentVariable('LINKEDIN_CLIENT_ID', '')
  LINKEDIN_PAGES_CLIENT_ID: readEnvironmentVariable('LINKEDIN_PAGES_CLIENT_ID', '')
  YOUTUBE_CLIENT_ID: readEnvironmentVariable('YOUTUBE_CLIENT_ID', '')
}
var known = {
  ENTRA_CLIENT_SECRET: readEnvironmentVariable('ENTRA_CLIENT_SECRET', '')
  X_CLIENT_SECRET: readEnvironmentVariable('X_CLIENT_SECRET', '')
  X_CONSUMER_SECRET: readEnvironmentVariable('X_CONSUMER_SECRET', '')
  FACEBOOK_CLIENT_SECRET: readEnvironmentVariable('FACEBOOK_CLIENT_SECRET', '')
  INSTAGRAM_CLIENT_SECRET: readEnvironmentVariable('INSTAGRAM_CLIENT_SECRET', '')
  LINKEDIN_CLIENT_SECRET: readEnvironmentVariable('LINKEDIN_CLIENT_SECRET', '')
  LINKEDIN_PAGES_CLIENT_SECRET: readEnvironmentVariable('LINKEDIN_PAGES_CLIENT_SECRET', '')
  YOUTUBE_CLIENT_SECRET: readEnvironmentVariable('YOUTUBE_CLIENT_SECRET', '')
}
// Key Vault takes no empty secret.
param secretNames = map(filter(items(known), secret => !empty(secret.value)), secret => secret.key)
param secrets = known
