using 'main.bicep'

// Secrets come from the environment of whoever deploys, so that none is ever in this file.
param image = 'contoso.azurecr.io/social-profiles-for-teams:0.1.0'
param containerRegistry = 'contoso'
param botAppId = readEnvironmentVariable('MicrosoftAppId')
param botAppSecret = readEnvironmentVariable('MicrosoftAppPassword')
param tokenKeys = readEnvironmentVariable('TOKEN_KEYS')
param admins = readEnvironmentVariable('ADMINS')

param database = 'cosmos'
param cosmosPassword = readEnvironmentVariable('COSMOS_PASSWORD', '')
param mongodbUri = readEnvironmentVariable('MONGODB_URI', '')

param settings = {
  ENTRA_CLIENT_ID: readEnvironmentVariable('ENTRA_CLIENT_ID')
  X_CLIENT_ID: readEnvironmentVariable('X_CLIENT_ID')
}
param secretNames = ['ENTRA_CLIENT_SECRET', 'X_CLIENT_SECRET']
param secrets = {
  ENTRA_CLIENT_SECRET: readEnvironmentVariable('ENTRA_CLIENT_SECRET')
  X_CLIENT_SECRET: readEnvironmentVariable('X_CLIENT_SECRET')
}
