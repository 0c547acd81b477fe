# make run    the demonstration: token, gateway, two bots, latency table, journal replay
# make test   all tests but the long ones
# make soak   the long tests
# make bench  the rig: 10 minutes on a machine that does nothing else; results in perf/results
# make bench-quick  the same scenarios in 90 s
# make bench-parts  JMH: what each part costs one request (15 minutes; wants a quiet machine)
# make bench-gate  whether the gateway has become slower than it was (1 minute; see bin/bench-gate --help)
# make native  the rig's null token and bare signing program, in perf/target/native (needs a C compiler)
# make build  jars and their libraries, without tests
# make clean  remove what was built and run; keeps .tools/

MAVEN = MAVEN_OPTS="-XX:-UsePerfData -Djava.io.tmpdir=$(CURDIR)/.tools/tmp" \
	mvn -B -ntp -Dmaven.repo.local="$(CURDIR)/.tools/m2" -Dstyle.color=never
SOURCES = $(shell find pom.xml config codecs client venues hsm gateway ops perf \
	-name target -prune -o -type f -print 2>/dev/null)
BUILT = .tools/built

.PHONY: run test soak bench bench-quick bench-parts bench-gate native build clean softhsm jdk tmp

run: build
	@bin/run

test: softhsm jdk tmp
	@COUNTERSIGN_PKCS11_MODULE="$$(bin/find-softhsm)" COUNTERSIGN_NSS_MODULE="$$(bin/find-nss || true)" $(MAVEN) verify

soak: build
	@COUNTERSIGN_PKCS11_MODULE="$$(bin/find-softhsm)" $(MAVEN) verify -Dtest.groups=soak -Dtest.excludedGroups=

bench: build native
	@bin/bench full

bench-quick: build native
	@bin/bench quick

bench-parts: build
	@bin/bench-parts

bench-gate: build native
	@bin/bench gate && bin/bench-gate "$$(ls -d perf/results/*/ | tail -n 1)"

native:
	@bin/build-native

build: softhsm jdk tmp $(BUILT)

$(BUILT): $(SOURCES)
	@$(MAVEN) -q package -DskipTests
	@touch $(BUILT)

softhsm:
	@bin/find-softhsm > /dev/null

jdk:
	@bin/jvm --find-java > /dev/null
	@command -v mvn > /dev/null || { echo "countersign: Maven is missing; install it (package maven, 3.8.7 or newer)" >&2; exit 2; }

tmp:
	@mkdir -p .tools/tmp

clean:
	@rm -rf run $(BUILT) $$(find . -name target -maxdepth 2 -type d)
