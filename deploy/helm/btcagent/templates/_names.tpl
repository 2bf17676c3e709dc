{{- define "btcagent.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "btcagent.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "btcagent.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "btcagent.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "btcagent.image" -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}

{{/* Labels of every object; selectors use two of them and the component. */}}
{{- define "btcagent.labels" -}}
{{ include "btcagent.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "btcagent.selector" -}}
app.kubernetes.io/name: {{ include "btcagent.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "btcagent.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "btcagent.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* The component that serves the console. */}}
{{- define "btcagent.console" -}}
{{- if gt (int .Values.gateway.replicas) 0 }}gateway{{ else }}silo{{ end -}}
{{- end -}}

{{/* Names of settings and of librdkafka's properties whose values are secrets, unless they name a file, path or address. */}}
{{- define "btcagent.secretName" -}}
{{- if and (regexMatch "(?i)(passw|passphrase|secret|apikey|api[_.-]key|private[_.-]?key|token|credential|key[_.]pem$|oauthbearer[_.]config$|^cluster__postgres$|^btcagent_.*_key$)" .) (not (regexMatch "(?i)(file|path|folder|location|url)$" .)) -}}
true
{{- end -}}
{{- end -}}

{{/* Refuses secrets in places that every reader of ConfigMaps and pods can see. */}}
{{- define "btcagent.checkSecrets" -}}
{{- range $name, $value := .Values.settings -}}
{{- if or (include "btcagent.secretName" $name) (regexMatch "(?i)passw(or)?d\\s*=" (toString $value)) -}}
{{- fail (printf "settings.%s: a ConfigMap must not contain a secret; put it into a Secret and add to secretSettings: {name: %s, secret: NAME, key: KEY}" $name $name) -}}
{{- end -}}
{{- end -}}
{{- range $name, $_ := .Values.cluster.kafka.client -}}
{{- if include "btcagent.secretName" $name -}}
{{- fail (printf "cluster.kafka.client.%s: a ConfigMap must not contain a secret; put it into a Secret and add to secretSettings: {name: Kafka__Client__%s, secret: NAME, key: KEY}" $name $name) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if and .value (or (include "btcagent.secretName" .name) (regexMatch "(?i)passw(or)?d\\s*=" (toString .value))) -}}
{{- fail (printf "extraEnv %s: a pod's specification must not contain a secret; use valueFrom.secretKeyRef or secretSettings" .name) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraArgs -}}
{{- if and (contains "=" .) (include "btcagent.secretName" (first (splitList "=" .) | replace ":" "__")) -}}
{{- fail (printf "extraArgs %s=…: a pod's arguments must not contain a secret; use secretSettings" (first (splitList "=" .))) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Checks that the schema cannot express. */}}
{{- define "btcagent.check" -}}
{{- if has .Values.venue (list "binance-live" "binance-testnet") -}}
{{- $key := false -}}
{{- $signature := false -}}
{{- range concat .Values.secretSettings .Values.extraEnv -}}
{{- if eq .name "BinanceTrading__ApiKey" -}}{{- $key = true -}}{{- end -}}
{{- if has .name (list "BinanceTrading__SecretKey" "BinanceTrading__PrivateKeyFile") -}}{{- $signature = true -}}{{- end -}}
{{- end -}}
{{- if .Values.settings.BinanceTrading__ApiKeyFile -}}{{- $key = true -}}{{- end -}}
{{- if .Values.settings.Secrets__VenueKeyFile -}}{{- $key = true -}}{{- $signature = true -}}{{- end -}}
{{- if or .Values.settings.BinanceTrading__SecretKeyFile .Values.settings.BinanceTrading__PrivateKeyFile -}}{{- $signature = true -}}{{- end -}}
{{- if not (and $key $signature) -}}
{{- fail (printf "venue %s needs its credentials from secrets: BinanceTrading__ApiKey and BinanceTrading__SecretKey in secretSettings, their files in secretFolders and settings, or the sealed key by Secrets__VenueKeyFile" .Values.venue) -}}
{{- end -}}
{{- end -}}
{{- include "btcagent.checkSecrets" . -}}
{{- if .Values.cluster.enabled -}}
{{- $_ := required "cluster.postgres.existingSecret: a cluster needs a secret with PostgreSQL's connection string" .Values.cluster.postgres.existingSecret -}}
{{- $_ := required "cluster.kafka.bootstrapServers: a cluster needs Kafka's address" .Values.cluster.kafka.bootstrapServers -}}
{{- $_ := required "cluster.tls.existingSecret: a cluster needs a secret with certificate, key and authority (docs/kubernetes.md makes one): without TLS every pod that reaches a silo controls the agent" .Values.cluster.tls.existingSecret -}}
{{- $readers := ternary (int .Values.ingest.replicas) (int .Values.silo.replicas) (gt (int .Values.ingest.replicas) 0) -}}
{{- if gt (int .Values.cluster.feedLines) $readers -}}
{{- fail (printf "cluster.feedLines %d needs as many readers: raise ingest.replicas, or silo.replicas where silos read the venue" (int .Values.cluster.feedLines)) -}}
{{- end -}}
{{- if gt (int .Values.optimizer.replicas) 0 -}}
{{- $store := false -}}
{{- range $name, $_ := .Values.settings -}}
{{- if hasPrefix "History__Parquet__Store__" $name -}}{{- $store = true -}}{{- end -}}
{{- end -}}
{{- range concat .Values.secretSettings .Values.extraEnv -}}
{{- if hasPrefix "History__Parquet__Store__" .name -}}{{- $store = true -}}{{- end -}}
{{- end -}}
{{- if not $store -}}
{{- fail "optimizer.replicas needs a history to train on: set the place that the sink writes to, such as settings.History__Parquet__Store__Kind=S3 and settings.History__Parquet__Store__Bucket=NAME" -}}
{{- end -}}
{{- end -}}
{{- $_ := required "operatorKey.existingSecret: the pods of a cluster need one operator key in common" .Values.operatorKey.existingSecret -}}
{{- else -}}
{{- if gt (int .Values.silo.replicas) 1 -}}{{- fail "silo.replicas above 1 needs cluster.enabled: two agents would trade the same account" -}}{{- end -}}
{{- if or (gt (int .Values.gateway.replicas) 0) (gt (int .Values.ingest.replicas) 0) (gt (int .Values.sink.replicas) 0) (gt (int .Values.optimizer.replicas) 0) (gt (int .Values.social.replicas) 0) -}}{{- fail "gateway, ingest, sink, optimizer and social need cluster.enabled" -}}{{- end -}}
{{- end -}}
{{- end -}}
