# MIAudit with a Java of its own and PyTorch for CPUs unpacked; for any user, with a read-only root and no network:
#   docker build -t miaudit .
#   docker run --rm --read-only --tmpfs /tmp:exec --network none --user "$(id -u):0" -v "$PWD:/data" miaudit demo
# mia-cli/src/test/sh/read-only.sh does the same without Docker.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
RUN mvn --batch-mode --no-transfer-progress -Papp-image -DskipTests --projects mia-cli --also-make package \
    && mv mia-cli/target/image/mia-* /opt/mia \
    && mia-cli/src/image/fill /opt/mia

FROM debian:bookworm-slim
COPY --from=build /opt/mia /opt/mia
ENV DJL_CACHE_DIR=/opt/mia/natives LC_ALL=C.UTF-8
WORKDIR /data
# a user without a name; any other does as well
USER 10001:0
ENTRYPOINT ["/opt/mia/bin/mia"]
CMD ["--help"]
