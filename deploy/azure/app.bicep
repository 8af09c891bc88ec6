// The bot itself: two replicas at least, more while there is much to do, secrets by reference to Key Vault.
param name string
param location string
param tags object
param image string
param imageServer string
param identityId string
param logsName string
param vaultUri string
param secretNames string[]
param baseUrl string
param certificateId string
param settings object
param minReplicas int
param maxReplicas int

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: logsName
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

var address = empty(baseUrl) ? 'https://${name}.${environment.properties.defaultDomain}' : baseUrl

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environment.id
    configuration: {
      // The new revision is ready before the old one stops: both work on one database meanwhile.
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
        // What is not named here is taken off: a host name that was bound by hand would not survive the next deployment.
        customDomains: empty(certificateId)
          ? []
          : [{ name: replace(baseUrl, 'https://', ''), bindingType: 'SniEnabled', certificateId: certificateId }]
      }
      registries: empty(imageServer) ? [] : [{ server: imageServer, identity: identityId }]
      secrets: [
        for setting in secretNames: {
          name: toLower(replace(setting, '_', '-'))
          keyVaultUrl: '${vaultUri}secrets/${replace(setting, '_', '-')}'
          identity: identityId
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 20
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            [{ name: 'BASE_URL', value: address }],
            map(items(settings), (setting) => { name: setting.key, value: setting.value }),
            map(secretNames, (setting) => { name: setting, secretRef: toLower(replace(setting, '_', '-')) })
          )
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 3978 }
              periodSeconds: 20
              timeoutSeconds: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 3978 }
              periodSeconds: 5
              timeoutSeconds: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          { name: 'requests', http: { metadata: { concurrentRequests: '40' } } }
          { name: 'cpu', custom: { type: 'cpu', metadata: { type: 'Utilization', value: '70' } } }
        ]
      }
    }
  }
}

output baseUrl string = address
