// The bot on Azure Container Apps, with all that it needs:
//
//   az deployment group create --resource-group social-profiles --template-file deploy/azure/main.bicep \
//     --parameters deploy/azure/main.bicepparam
//
// docs/deploy.md goes through it. The two app registrations are made before, by `npm run setup:entra`.
targetScope = 'resourceGroup'

@description('First part of every name. Letters, digits and "-".')
@minLength(3)
@maxLength(16)
param name string = 'social-profiles'

param location string = resourceGroup().location

@description('The image, with its tag or digest.')
param image string

@description('The Azure Container Registry of this resource group that has the image. Empty: anybody may pull the image.')
param containerRegistry string = ''

@description('The client id of the app registration of the bot.')
param botAppId string

@description('The client secret of that app registration.')
@secure()
param botAppSecret string

@description('The organisation: the id of its Entra tenant.')
param tenantId string = tenant().tenantId

@description('id:key, made once by: echo "k1:$(openssl rand -base64 32)". Keep a copy apart from the backups of the database.')
@secure()
param tokenKeys string

@description('Object ids or sign-in names of admins, with commas.')
param admins string

@description('How browsers reach the bot. Empty: the address that Azure gives it.')
param baseUrl string = ''

@description('The id of the certificate of that host name, once it is bound. Empty: no host name of your own is bound yet.')
param certificateId string = ''

@description('Settings that are no secret, by name: X_CLIENT_ID, ENTRA_CLIENT_ID, SWEEP_SECONDS ...')
param settings object = {}

@description('The names of the settings below, once more: names are no secret.')
param secretNames string[] = []

@description('Settings that are secrets, by name: X_CLIENT_SECRET, ENTRA_CLIENT_SECRET ...')
@secure()
param secrets object = {}

@description('cosmos: a cluster of Azure Cosmos DB for MongoDB (vCore) is made here. own: any MongoDB replica set, such as Atlas, by its address.')
@allowed(['cosmos', 'own'])
param database string = 'cosmos'

@description('With "own": the address, such as mongodb+srv://user:password@cluster.example/socialprofiles?w=majority')
@secure()
param mongodbUri string = ''

@description('With "cosmos": the password of its administrator; 8 characters at least.')
@secure()
param cosmosPassword string = ''

@description('With "cosmos": its size. M30 is the smallest that can have a second copy.')
param cosmosTier string = 'M30'

@minValue(1)
param minReplicas int = 2
@minValue(1)
param maxReplicas int = 5

var tags = { app: 'social-profiles-for-teams' }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
  tags: tags
}

module pull 'pull.bicep' = if (!empty(containerRegistry)) {
  name: 'pull'
  params: { name: containerRegistry, principalId: identity.properties.principalId }
}

module logs 'logs.bicep' = {
  name: 'logs'
  params: { name: name, location: location, tags: tags }
}

module cosmos 'cosmos.bicep' = if (database == 'cosmos') {
  name: 'cosmos'
  params: { name: name, location: location, tags: tags, tier: cosmosTier, password: cosmosPassword }
}

module vault 'vault.bicep' = {
  name: 'vault'
  params: {
    name: name
    location: location
    tags: tags
    readerPrincipalId: identity.properties.principalId
    secretNames: union(['MicrosoftAppPassword', 'TOKEN_KEYS', 'MONGODB_URI'], secretNames)
    secrets: union(
      {
        MicrosoftAppPassword: botAppSecret
        TOKEN_KEYS: tokenKeys
        MONGODB_URI: database == 'cosmos' ? cosmos!.outputs.uri : mongodbUri
      },
      secrets
    )
  }
}

module app 'app.bicep' = {
  name: 'app'
  params: {
    name: name
    location: location
    tags: tags
    image: image
    imageServer: empty(containerRegistry) ? '' : pull!.outputs.server
    identityId: identity.id
    logsName: logs.outputs.name
    vaultUri: vault.outputs.uri
    secretNames: vault.outputs.secretNames
    baseUrl: baseUrl
    certificateId: certificateId
    settings: union(
      {
        MicrosoftAppId: botAppId
        MicrosoftAppType: 'SingleTenant'
        MicrosoftAppTenantId: tenantId
        ADMINS: admins
      },
      settings
    )
    minReplicas: minReplicas
    maxReplicas: maxReplicas
  }
}

module bot 'bot.bicep' = {
  name: 'bot'
  params: {
    name: name
    tags: tags
    appId: botAppId
    tenantId: tenantId
    endpoint: '${app.outputs.baseUrl}/api/messages'
  }
}

@description('BASE_URL: what the app registrations, the networks and the Teams package name.')
output baseUrl string = app.outputs.baseUrl
