# One image for every role of the agent; the role is an argument: docker run btcagent --role gateway …
# A default run is the whole agent, trading on paper against its embedded venue:
#   docker build -t btcagent --build-arg SDK_IMAGE=… --build-arg RUNTIME_BASE=… .
#   docker run --read-only --tmpfs /tmp -v btcagent:/data -p 127.0.0.1:5080:5080 btcagent
# The bases are images of the .NET 10 SDK and of its ASP.NET runtime, from a registry that you trust. eng/build-image builds
# the same file without a registry, with bases that it creates.
ARG SDK_IMAGE
ARG RUNTIME_BASE

FROM ${SDK_IMAGE} AS build
ARG TARGETARCH=amd64
# More arguments of the restore, such as -p:NuGetAudit=false without a reachable package source.
ARG RESTORE_ARGS=
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
COPY .editorconfig global.json Directory.Build.props Directory.Packages.props ./
COPY src src
RUN case "$TARGETARCH" in amd64) rid=linux-x64 ;; *) rid=linux-$TARGETARCH ;; esac \
    && dotnet restore src/Silo --runtime "$rid" -p:PublishReadyToRun=true $RESTORE_ARGS \
    && dotnet publish src/Silo --no-restore --configuration Release --runtime "$rid" --no-self-contained \
        --output /app -p:RunAnalyzers=false -p:PublishReadyToRun=true -p:UseAppHost=false -p:DebugType=none -p:PublishDocumentationFiles=false

FROM ${RUNTIME_BASE}
# Native training of LightGBM needs OpenMP, text models ICU, PostgreSQL's client GSSAPI. Bases that have all of them stay
# unchanged.
RUN if ! ldconfig -p | grep -q libgomp.so.1 || ! ldconfig -p | grep -q libicuuc || ! ldconfig -p | grep -q libgssapi_krb5; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends libgomp1 libgssapi-krb5-2 ca-certificates tzdata \
            "$(apt-cache pkgnames libicu | grep -E '^libicu[0-9]+$' | sort -V | tail -n 1)" \
        && rm -rf /var/lib/apt/lists/*; \
    fi \
    && mkdir /data && chown 10001:10001 /data
# The root file system may be read-only: /data is state, /tmp scratch. No diagnostics socket, no JIT perf maps.
ENV DOTNET_EnableDiagnostics=0 \
    DOTNET_RUNNING_IN_CONTAINER=true \
    ASPNETCORE_HTTP_PORTS= \
    OMP_WAIT_POLICY=passive \
    HOME=/tmp
WORKDIR /app
COPY --from=build /app ./
USER 10001:10001
EXPOSE 5080
HEALTHCHECK NONE
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/BtcAgent.Silo.dll"]
CMD ["--listen", "0.0.0.0", "--data", "/data"]
