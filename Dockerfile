# Two images: `docker build --target portal .` is what goes to work, `--target sandbox .` is what it talks to on a desk.
# docs/operations.md, "Image", says what the first needs, and what makes two builds of it the same.

# By digest (SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0@sha256:…) a build is of the same parts tomorrow; by tag it has their latest corrections.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG PORTAL_BASE_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ARG SANDBOX_BASE_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

# The SDK of the machine that builds: it compiles for the other kind as well.
FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
WORKDIR /source
# The packages first: they change seldom, and this layer with them.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY eng/BlazorScript.props eng/BlazorScript.targets eng/ReadyToRun.props eng/Sbom.targets eng/StyleSheet.cs eng/StyleSheet.targets eng/TopLevelContent.targets eng/
COPY .config .config
COPY src/Portal/Portal.csproj src/Portal/packages.lock.json src/Portal/
COPY src/Portal.DigitalOcean/Portal.DigitalOcean.csproj src/Portal.DigitalOcean/packages.lock.json src/Portal.DigitalOcean/
RUN dotnet restore src/Portal --locked-mode -p:PublishReadyToRun=true && dotnet tool restore
COPY .editorconfig appsettings.json LICENSE ./
COPY wwwroot wwwroot
COPY src/Portal src/Portal
COPY src/Portal.DigitalOcean src/Portal.DigitalOcean
ARG TARGETARCH=amd64
# The commit that the version names; there is no .git here to ask.
ARG REVISION=unknown
# /source is the same in every build, and so are the paths in the assemblies. The folder is for SQLite's file; PostgreSQL needs nothing.
RUN dotnet publish src/Portal --no-restore --configuration Release --output /out/app \
      --runtime "linux-$(echo "$TARGETARCH" | sed 's/^amd64$/x64/')" --no-self-contained -p:PublishReadyToRun=true \
      -p:SourceRevisionId="$(echo "$REVISION" | sed 's/^unknown$//')" \
 && cp LICENSE /out/app/ \
 && chmod -R a=rX,u+w /out/app \
 && mkdir /out/data

FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build-sandbox
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Portal.Sandbox/Portal.Sandbox.csproj src/Portal.Sandbox/packages.lock.json src/Portal.Sandbox/
RUN dotnet restore src/Portal.Sandbox --locked-mode
COPY .editorconfig ./
COPY src/Portal.Sandbox src/Portal.Sandbox
RUN dotnet publish src/Portal.Sandbox --no-restore --configuration Release --output /out/sandbox

# No shell, no package manager, no user but its own: nothing is run here while it is built, and the portal runs nothing either.
# Needs Access__PublicUrl, the https address of the proxy before it: without it the portal does not listen on plain http.
FROM ${PORTAL_BASE_IMAGE} AS portal
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Pool Portal" \
      org.opencontainers.image.description="A portal for PgBouncer pools on DigitalOcean managed PostgreSQL" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /out/app ./
COPY --from=build --chown=1654:1654 /out/data /data
# Of the runtime, what writes files for a debugger is off: it is the only thing that wants a /tmp while nobody debugs.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    Database__ConnectionString="Data Source=/data/portal.db"
# $APP_UID of the base image, as a number, so that an orchestrator can see that it is not root.
USER 1654:1654
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["dotnet", "Portal.dll", "health"]
ENTRYPOINT ["dotnet", "Portal.dll"]

FROM ${SANDBOX_BASE_IMAGE} AS sandbox
RUN mkdir -p /etc/postgresql-common/createcluster.d \
 && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/sandbox.conf \
 && apt-get update \
 && apt-get install --yes --no-install-recommends postgresql pgbouncer \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build-sandbox /out/sandbox .
# PostgreSQL refuses root and takes any other user. It is the portal's, which has to read the secret id that the sandbox writes for its owner alone.
RUN mkdir /run/pool-portal && chown 1654:1654 /run/pool-portal
USER 1654:1654
EXPOSE 5081
ENTRYPOINT ["dotnet", "Portal.Sandbox.dll"]
