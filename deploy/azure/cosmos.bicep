// Azure Cosmos DB for MongoDB (vCore), with a second copy in another zone where the region has some.
param name string
param location string
param tags object
param tier string

@secure()
@minLength(8)
param password string

var administrator = 'socialprofiles'

resource cluster 'Microsoft.DocumentDB/mongoClusters@2024-07-01' = {
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  tags: tags
  properties: {
    administrator: { userName: administrator, password: password }
    serverVersion: '8.0'
    compute: { tier: tier }
    storage: { sizeGb: 32 }
    sharding: { shardCount: 1 }
    highAvailability: { targetMode: 'ZoneRedundantPreferred' }
    publicNetworkAccess: 'Enabled'
  }
}

// Only from within Azure. A private endpoint is stricter still, and needs a network of your own.
resource fromAzure 'Microsoft.DocumentDB/mongoClusters/firewallRules@2024-07-01' = {
  parent: cluster
  name: 'from-azure'
  properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
}

// Azure gives the address with these two places to fill.
@secure()
output uri string = replace(
  replace(cluster.properties.connectionString, '<user>', administrator),
  '<password>',
  uriComponent(password)
)
