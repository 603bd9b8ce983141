# Two images: `docker build --target portal .` is what goes to work, `--target sandbox .` is what it talks to on a desk.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# The packages first: they change seldom, and this layer with them.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY eng/BlazorScript.props eng/BlazorScript.targets eng/Sbom.targets eng/TopLevelContent.targets eng/
COPY .config .config
COPY src/Portal/Portal.csproj src/Portal/packages.lock.json src/Portal/
COPY src/Portal.DigitalOcean/Portal.DigitalOcean.csproj src/Portal.DigitalOcean/packages.lock.json src/Portal.DigitalOcean/
COPY src/Portal.Sandbox/Portal.Sandbox.csproj src/Portal.Sandbox/packages.lock.json src/Portal.Sandbox/
RUN dotnet restore src/Portal --locked-mode && dotnet restore src/Portal.Sandbox --locked-mode
COPY .editorconfig appsettings.json ./
COPY wwwroot wwwroot
COPY src src
RUN dotnet publish src/Portal --no-restore --configuration Release --output /out/portal \
 && dotnet publish src/Portal.Sandbox --no-restore --configuration Release --output /out/sandbox

# Needs Access__PublicUrl, the https address of the proxy before it: without it the portal does not listen on plain http.
FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS portal
WORKDIR /app
COPY --from=build /out/portal .
# Where SQLite keeps its file; PostgreSQL needs nothing here.
RUN mkdir /data && chown $APP_UID /data
ENV Database__ConnectionString="Data Source=/data/portal.db"
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["dotnet", "Portal.dll"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS sandbox
RUN mkdir -p /etc/postgresql-common/createcluster.d \
 && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/sandbox.conf \
 && apt-get update \
 && apt-get install --yes --no-install-recommends postgresql pgbouncer \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /out/sandbox .
# PostgreSQL refuses root and takes any other user. It is the portal's, which has to read the secret id that the sandbox writes for its owner alone.
RUN mkdir /run/pool-portal && chown $APP_UID /run/pool-portal
USER $APP_UID
EXPOSE 5081
ENTRYPOINT ["dotnet", "Portal.Sandbox.dll"]
