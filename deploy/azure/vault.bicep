// Key Vault, with one secret for each secret setting, which the identity of the bot may read and nobody else by default.
param name string
param location string
param tags object
param readerPrincipalId string
param secretNames string[]

@secure()
param secrets object

// The role "Key Vault Secrets User".
var secretsUser = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4633458b-17de-408a-b874-0445c86b69e6'
)

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  // Of all vaults in the world, and of 24 characters at most.
  name: 'vault-${uniqueString(resourceGroup().id, name)}'
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
  }
}

// Names of secrets have no "_".
resource values 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = [
  for setting in secretNames: {
    parent: vault
    name: replace(setting, '_', '-')
    properties: { value: secrets[setting] }
  }
]

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, readerPrincipalId, secretsUser)
  properties: {
    roleDefinitionId: secretsUser
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

output uri string = vault.properties.vaultUri
output secretNames string[] = secretNames
