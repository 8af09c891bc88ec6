// Lets the identity of the bot pull its image.
param name string
param principalId string

// The role "AcrPull".
var pullRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '7f951dda-4ed3-4680-a7ca-43fe172d538d'
)

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: name
}

resource puller 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: images
  name: guid(images.id, principalId, pullRole)
  properties: {
    roleDefinitionId: pullRole
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output server string = images.properties.loginServer
