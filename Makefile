# Fronts Maven and the demo script; nothing is built here that "mvn verify" does not build.

SHELL := /bin/bash
MVN ?= mvn
MAVEN := $(MVN) -B -ntp
DEMO := distribution/src/main/demo/demo.sh

# What the distribution is made of. Folders are among it, so that a deleted file counts too.
SOURCES := $(shell find pom.xml bnd.bnd cnf .mvn features distribution $(filter-out orchestrator.testkit,$(wildcard orchestrator.*)) \
	\( -name target -o -path '*/src/test' -o -path distribution/src/main/demo \) -prune -o -print)
STAMP := distribution/target/built

export CONTENT
export MAKE

.DEFAULT_GOAL := help
.PHONY: help setup dist demo run test test-integration simulate test-crash test-newest-jdk plans test-long cluster demo-hotswap bench bench-stores clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-18s %s\n", $$1, $$2}' Makefile

setup: ## checks JDK and Maven, downloads all that a build needs
	@.ci/check-tools
	$(MAVEN) -q verify -DskipTests
	@echo "Ready: make demo, make test"

dist: $(STAMP) # the runnable Karaf; again only if a source changed
	@:

$(STAMP): $(SOURCES)
	@.ci/check-tools
	@mkdir -p target $(@D)
	@echo "Building the distribution (the first time Maven downloads what it needs) …"
	@$(MAVEN) verify -pl distribution -am -Dmaven.test.skip=true > target/distribution.log 2>&1 \
		|| { grep -E '^\[(ERROR|WARNING)\]' target/distribution.log | head -n 40; echo "The whole log: target/distribution.log"; exit 1; }
	@touch $@

demo: ## runs knowledge_processing over CONTENT=folder in the project's own Karaf
	@$(DEMO) demo

run: ## the console of the same Karaf
	@$(DEMO) console

test: ## everything: mvn verify, and what it ran
	@mkdir -p target; touch target/tests-began; $(MAVEN) verify; status=$$?; .ci/tests-run; exit $$status

test-integration: ## the bundles on plain Felix, the features and the distribution on Karaf
	@mkdir -p target; touch target/tests-began
	@$(MAVEN) verify -pl itests -am -Dskip.unit.tests=true; status=$$?; .ci/tests-run; exit $$status

simulate: ## RUNS=100000 simulations of three nodes from SEED=number on; RUNS=1 SEED=number tells one in every detail
	@$(MAVEN) -q verify -pl itests -am -Psimulate -DskipTests -Dsimulate.runs=$(or $(RUNS),100000) -Dsimulate.seed=$(SEED) \
		-Dsimulate.progress=$$([ -t 1 ] && echo true || echo false)

test-newest-jdk: ## unit tests but the console's, simulations and plain Felix on the newest JDK of this machine; JDK=folder names another
	@jdk="$(or $(JDK),$$(.ci/newest-jdk))"; [ -x "$$jdk/bin/java" ] || { echo "Expected a JDK in '$$jdk', but found no bin/java"; exit 1; }; \
		mkdir -p target; touch target/tests-began; echo "On $$("$$jdk/bin/java" -version 2>&1 | head -n 1), $$jdk"; \
		$(MAVEN) verify -pl itests -am -Djvm="$$jdk/bin/java" -Dkaraf.skip=true -Dcrash.skip=true; \
		status=$$?; .ci/tests-run; exit $$status

plans: ## how both databases find what they need among 1,000,000 runs; the plans are in target/plans.log
	@mkdir -p target
	@$(MAVEN) verify -pl orchestrator.state.jdbc -am -Dtest='*PlansTest' -Dplans.runs=1000000 \
		-Dsurefire.failIfNoSpecifiedTests=false > target/plans.log 2>&1; status=$$?; \
		grep -E '^####|Tests run|ERROR' target/plans.log; exit $$status

test-crash: ## several nodes on PostgreSQL while harm is done to them: ROUNDS=n, FAULTS=KILL,STOP,…, SEED=number repeats a try
	@$(MAVEN) -q verify -pl itests -am -Dskip.unit.tests=true -Dit.test=CrashIT -Dcrash.rounds=$(ROUNDS) -Dcrash.seed=$(SEED) -Dcrash.faults=$(FAULTS) \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dcontainers.skip=true

test-long: plans ## plans, test-integration with 30 kills of the distribution, and all that takes long; SEED=number repeats a try
	@mkdir -p target; touch target/tests-began
	@$(MAVEN) verify -pl itests -am -Dskip.unit.tests=true -Dprocess.kills=30 -Dprocess.seed=$(SEED) -Dcrash.long=true; \
		status=$$?; .ci/tests-run; exit $$status

cluster: ## NODES=3 Karafs of the distribution on one PostgreSQL, until Ctrl-C
	@$(MAVEN) -q verify -pl itests -am -Pcluster -DskipTests -Dcluster.nodes=$(or $(NODES),3)

demo-hotswap: ## a plugin updated UPDATES=20 times, removed, put back and downgraded under RUNS=1000 runs in flight, to be watched
	@$(MAVEN) -q verify -pl itests -am -Photswap -DskipTests $(if $(RUNS),-Dhotswap.runs=$(RUNS)) $(if $(UPDATES),-Dhotswap.updates=$(UPDATES)) \
		-Dhotswap.redraws=$$([ -t 1 ] && echo true || echo false)

bench: ## throughput beside the floor of the same store; see benchmarks/README.md
	@[ -f benchmarks/pom.xml ] || { echo "Expected the module benchmarks, but it is not there yet"; exit 1; }
	$(MAVEN) -q verify -pl benchmarks -am -DskipTests -Pbench

bench-stores: ## PostgreSQL: floor, ceiling, engine and peers on one server; STORES="--option=value …"
	$(MAVEN) -q verify -pl benchmarks.peers -am -DskipTests -Pbench-stores -Dbench.args="$(STORES)"

clean: ## removes all that was built, the demo's runs too
	$(MAVEN) -q clean
