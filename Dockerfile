# Papertape's one image: all services, the simulated venue and the command line; the container's command says which.
#   docker build -t papertape .
#   docker run papertape papertape --help
FROM maven:3-eclipse-temurin-25 AS poms
COPY . /all
RUN mkdir /poms && cd /all && find . -name pom.xml | xargs tar -cf - | tar -xf - -C /poms

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
# Dependencies and plugins depend on the poms alone: a change of source code leaves this layer as it is.
COPY .mvn .mvn
COPY --from=poms /poms ./
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --no-transfer-progress -q -Dmaven.test.skip=true -Dfast -pl cli -am package
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --no-transfer-progress -q -Dmaven.test.skip=true -Dfast -pl cli -am clean package
# Libraries and own code apart, so that a change of code is a small layer. What only a stack of local processes needs (the
# embedded servers) stays out.
RUN mkdir -p /out/lib /out/app \
 && cp cli/target/lib/*.jar /out/lib/ \
 && for module in common feed-service etl-service signal-service order-service risk-service execution-service pnl-service \
        persistence-service look dashboard-service exchange-sim; do mv /out/lib/$module-[0-9]*.jar /out/app/$module.jar; done \
 && cp cli/target/cli-*.jar /out/app/cli.jar \
 && rm -f /out/lib/questdb-[0-9]*.jar /out/lib/embedded-redis-*.jar

FROM eclipse-temurin:25-jre AS run
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Papertape" \
      org.opencontainers.image.description="Paper trading over Redis pub/sub: market data in, simulated fills, positions and P&L out." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /out/lib /opt/papertape/lib
COPY --from=build /out/app /opt/papertape/app
COPY container/papertape-entrypoint container/healthcheck /usr/local/bin/
# An archive of the classes that the services load: a quicker start, and memory that all containers of a host share.
RUN chmod 755 /usr/local/bin/papertape-entrypoint /usr/local/bin/healthcheck \
 && mkdir -p /var/lib/papertape /opt/papertape/strategies \
 && chown 10001:10001 /var/lib/papertape \
 && papertape-entrypoint archive-classes
ENV PAPERTAPE_HTTP_PORT=9464 \
    PAPERTAPE_HTTP_BIND=0.0.0.0 \
    PAPERTAPE_SIM_BIND=0.0.0.0 \
    PAPERTAPE_DATA=/var/lib/papertape
USER 10001:10001
WORKDIR /var/lib/papertape
EXPOSE 9464
# The service itself is asked; start-period is for its first seconds.
HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --start-interval=2s --retries=3 CMD ["healthcheck"]
ENTRYPOINT ["papertape-entrypoint"]
CMD ["papertape", "--help"]
