{{/* Plain settings, a map of environment variables. */}}
{{- define "btcagent.settings" -}}
{{- /* The volume belongs to root and only this pod mounts it; the files in it belong to the agent, with mode 600. */ -}}
Data__Shared: "true"
{{- with .Values.cluster }}
{{- if .enabled }}
Cluster__ClusterId: {{ default $.Release.Name .clusterId | quote }}
Cluster__ServiceId: {{ .serviceId | quote }}
Cluster__SiloPort: {{ .siloPort | quote }}
Cluster__GatewayPort: {{ .gatewayPort | quote }}
Cluster__Migrate: {{ not $.Values.migration.enabled | quote }}
{{- if gt (int $.Values.ingest.replicas) 0 }}
Feeds__Enabled: "false"
{{- end }}
Feeds__Lines: {{ .feedLines | quote }}
Cluster__Tls__Certificate: {{ printf "/tls/%s" .tls.certificate | quote }}
Cluster__Tls__Key: {{ printf "/tls/%s" .tls.key | quote }}
Cluster__Tls__Authority: {{ printf "/tls/%s" .tls.authority | quote }}
Kafka__BootstrapServers: {{ .kafka.bootstrapServers | quote }}
Kafka__MarketDataPartitions: {{ .kafka.marketDataPartitions | quote }}
Kafka__ReplicationFactor: {{ .kafka.replicationFactor | quote }}
{{- range $name, $value := .kafka.client }}
{{ printf "Kafka__Client__%s" $name }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := .Values.settings }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Settings that come from the pod itself and from secrets, a list. */}}
{{- define "btcagent.environment" -}}
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
{{- if .Values.cluster.enabled }}
- name: Cluster__Address
  valueFrom: { fieldRef: { fieldPath: status.podIP } }
- name: Cluster__Postgres
  valueFrom:
    secretKeyRef: { name: {{ .Values.cluster.postgres.existingSecret }}, key: {{ .Values.cluster.postgres.key }} }
{{- end }}
{{- range .Values.secretSettings }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef: { name: {{ .secret }}, key: {{ .key }} }
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "btcagent.mounts" -}}
- { name: data, mountPath: /data }
- { name: tmp, mountPath: /tmp }
{{- if .Values.operatorKey.existingSecret }}
- { name: operator-key, mountPath: /data/operator.key, subPath: operator.key, readOnly: true }
{{- end }}
{{- if .Values.cluster.enabled }}
- { name: tls, mountPath: /tls, readOnly: true }
{{- end }}
{{- range $i, $folder := .Values.secretFolders }}
- { name: secret-{{ $i }}, mountPath: {{ $folder.path }}, readOnly: true }
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Every volume except the data folder's. */}}
{{- define "btcagent.volumes" -}}
- name: tmp
  emptyDir: {}
{{- with .Values.operatorKey }}
{{- if .existingSecret }}
- name: operator-key
  secret:
    secretName: {{ .existingSecret }}
    defaultMode: 0440
    items:
      - { key: {{ .key }}, path: operator.key }
{{- end }}
{{- end }}
{{- if .Values.cluster.enabled }}
- name: tls
  secret: { secretName: {{ .Values.cluster.tls.existingSecret }}, defaultMode: 0440 }
{{- end }}
{{- range $i, $folder := .Values.secretFolders }}
- name: secret-{{ $i }}
  secret: { secretName: {{ $folder.secret }}, defaultMode: 0440 }
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "btcagent.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* A probe; the agent answers to the host name localhost, not to the pod's address. Takes path, failures, probes. */}}
{{- define "btcagent.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
  httpHeaders:
    - { name: Host, value: localhost }
periodSeconds: {{ .probes.periodSeconds }}
timeoutSeconds: {{ .probes.timeoutSeconds }}
failureThreshold: {{ .failures }}
{{- end -}}

{{/* The pod template of a role. Takes root, component, role, options, claim (whether /data is a volume claim), claimName (of a claim that no template makes). */}}
{{- define "btcagent.pod" -}}
{{- $root := .root -}}
metadata:
  labels:
    {{- include "btcagent.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
  annotations:
    btcagent/settings: {{ include "btcagent.settings" $root | sha256sum }}
    {{- with .options.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "btcagent.serviceAccount" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    {{- toYaml $root.Values.podSecurityContext | nindent 4 }}
  terminationGracePeriodSeconds: {{ .options.terminationGracePeriodSeconds }}
  {{- with .options.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .options.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .options.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .options.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  affinity:
    {{- if .options.affinity }}
    {{- toYaml .options.affinity | nindent 4 }}
    {{- else }}
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "btcagent.selector" $root | nindent 16 }}
                app.kubernetes.io/component: {{ .component }}
        {{- if eq .component "optimizer" }}
        # A training uses a core and gigabytes: not beside the trading.
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "btcagent.selector" $root | nindent 16 }}
                app.kubernetes.io/component: silo
        {{- end }}
    {{- end }}
  containers:
    - name: agent
      image: {{ include "btcagent.image" $root }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args:
        {{- list "--role" .role "--listen" "0.0.0.0" "--port" "5080" "--data" "/data" "--venue" $root.Values.venue | toYaml | nindent 8 }}
        {{- if and $root.Values.service.grpcPort (eq .component (include "btcagent.console" $root)) }}
        {{- list "--set" "Gateway:GrpcPort=5081" | toYaml | nindent 8 }}
        {{- end }}
        {{- with $root.Values.extraArgs }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        - { name: http, containerPort: 5080 }
        {{- if and $root.Values.service.grpcPort (eq .component (include "btcagent.console" $root)) }}
        - { name: grpc, containerPort: 5081 }
        {{- end }}
        {{- if and $root.Values.cluster.enabled (eq .component "silo") }}
        - { name: silo, containerPort: {{ $root.Values.cluster.siloPort }} }
        - { name: clients, containerPort: {{ $root.Values.cluster.gatewayPort }} }
        {{- end }}
      envFrom:
        - configMapRef: { name: {{ include "btcagent.fullname" $root }} }
      env:
        {{- include "btcagent.environment" $root | nindent 8 }}
      resources:
        {{- toYaml .options.resources | nindent 8 }}
      securityContext:
        {{- include "btcagent.containerSecurity" $root | nindent 8 }}
      {{- with $root.Values.probes }}
      startupProbe:
        {{- include "btcagent.probe" (dict "path" "/health/live" "failures" .startupFailures "probes" .) | nindent 8 }}
      livenessProbe:
        {{- include "btcagent.probe" (dict "path" "/health/live" "failures" .livenessFailures "probes" .) | nindent 8 }}
      readinessProbe:
        {{- include "btcagent.probe" (dict "path" "/health/ready" "failures" .readinessFailures "probes" .) | nindent 8 }}
      {{- end }}
      volumeMounts:
        {{- include "btcagent.mounts" $root | nindent 8 }}
  volumes:
    {{- if .claimName }}
    - name: data
      persistentVolumeClaim: { claimName: {{ .claimName }} }
    {{- else if not .claim }}
    - name: data
      emptyDir: {}
    {{- end }}
    {{- include "btcagent.volumes" $root | nindent 4 }}
{{- end -}}
