package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.Conditions;
import io.countersign.perf.report.SeriesKind;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run does, step by step: starts; everything on a gateway with SoftHSM; a closed loop on one without seals;
 * rates on one with the null token; memory.
 */
final class BenchSteps implements AutoCloseable
{
    static final String START = StartScenario.LIFE;
    static final String SOFT_HSM = "softhsm";
    static final String NULL = "null";
    static final String MEMORY = "memory";

    /** A gateway with SoftHSM whose journal is not sealed: what seals cost. */
    static final String UNSEALED = "softhsm-unsealed";

    private static final int FEW_BOTS = 4;
    private static final double GATEWAY_SECONDS = 4;
    private static final double STAGES_SECONDS = 8;
    private static final double GATE_SECONDS = 8;

    /** One signature of each peer. */
    private static final double HMAC_TURN_SECONDS = 2e-4;
    private static final double P256_TURN_SECONDS = 4e-4;

    private final BenchFiles files;
    private final BenchPlan plan;
    private final BenchToken token;
    private final HiccupProbe hiccups;
    private final Measurements measurements;
    private final Progress progress;
    private final Part softHsm;
    private final Part unsealed;
    private final Part nullToken;
    private final Part memory;
    private final StartScenario starts;
    private final PeerScenario peers;
    private final MemoryScenario memoryScenario;
    private final GateScenario gate = new GateScenario();
    private final Map<String, LoadScenarios> loadsByToken = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    BenchSteps(
        final BenchFiles files,
        final BenchPlan plan,
        final BenchToken token,
        final HiccupProbe hiccups,
        final Measurements measurements,
        final Progress progress)
    {
        this.files = files;
        this.plan = plan;
        this.token = token;
        this.hiccups = hiccups;
        this.measurements = measurements;
        this.progress = progress;
        softHsm = new Part(files, SOFT_HSM, hiccups);
        unsealed = new Part(files, UNSEALED, hiccups);
        nullToken = new Part(files, NULL, hiccups);
        memory = new Part(files, MEMORY, hiccups);
        starts = new StartScenario(files, measurements, progress);
        peers = new PeerScenario(files, measurements, progress);
        memoryScenario = new MemoryScenario(memory, measurements, progress);
    }

    List<Step> all()
    {
        steps.add(new Step("starts of the gateway", GATEWAY_SECONDS * (1 + plan.starts()),
            () -> starts.run(plan.starts(), plan.loads().warmUp())));
        onSoftHsm();
        if (files.hasNullToken())
        {
            onNullToken();
        }
        steps.add(new Step("memory", GATEWAY_SECONDS + seconds(plan.loads().memory()), this::measureMemory));
        return steps;
    }

    /** Compares what was measured with the goals. */
    void compare()
    {
        new Goals(measurements, peers).add(starts, memoryScenario);
    }

    /** Leaves what the regression gate compares, where it was measured. */
    void writeGate(final Conditions conditions, final Path directory) throws IOException
    {
        gate.write(conditions, directory);
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(softHsm, unsealed, nullToken, memory);
    }

    private void onSoftHsm()
    {
        begin("a gateway with SoftHSM", softHsm, SOFT_HSM);
        for (final BenchKey key : BenchKey.values())
        {
            closed(SOFT_HSM, key, 1);
        }
        closed(SOFT_HSM, BenchKey.HMAC, FEW_BOTS);
        closed(SOFT_HSM, BenchKey.HMAC, BenchToken.BOTS);
        spin(softHsm);
        peers(BenchKey.HMAC, HMAC_TURN_SECONDS);
        peers(BenchKey.P256, P256_TURN_SECONDS);
        rates(SOFT_HSM);
        spin(softHsm);
        steps.add(new Step("the stages, from the journal", STAGES_SECONDS, () -> end(softHsm, SOFT_HSM)));
        begin("a gateway without seals", unsealed, UNSEALED);
        closed(UNSEALED, BenchKey.HMAC, 1);
        steps.add(new Step("its end", GATEWAY_SECONDS, this::endUnsealed));
    }

    private void onNullToken()
    {
        begin("a gateway with the null token", nullToken, NULL);
        closed(NULL, BenchKey.HMAC, 1);
        rates(NULL);
        steps.add(new Step("rounds for the gate", GATE_SECONDS, () -> gate.run(nullToken.bots())));
        spin(nullToken);
        steps.add(new Step("the stages, from the journal", STAGES_SECONDS, () -> end(nullToken, NULL)));
    }

    private void closed(final String tokenName, final BenchKey key, final int bots)
    {
        final Phase phase = plan.loads().closed();
        steps.add(new Step("closed loop, " + tokenName + ", " + key.title() + ", bots: " + bots, seconds(phase),
            () -> loads(tokenName).closed(key, bots, phase)));
    }

    private void rates(final String tokenName)
    {
        final Phase phase = plan.loads().window();
        for (final int bots : List.of(1, BenchToken.BOTS))
        {
            steps.add(new Step("as fast as it goes, " + tokenName + ", bots: " + bots, seconds(phase),
                () -> loads(tokenName).window(BenchKey.HMAC, bots, phase)));
        }
        for (final int percent : BenchPlan.OPEN_PERCENT)
        {
            open(tokenName, 1, percent);
        }
        open(tokenName, FEW_BOTS, BenchPlan.GOAL_PERCENT);
        open(tokenName, BenchToken.BOTS, BenchPlan.GOAL_PERCENT);
    }

    private void open(final String tokenName, final int bots, final int percent)
    {
        final Phase phase = plan.loads().open();
        steps.add(new Step(
            "open loop, " + tokenName + ", " + percent + " % of saturation, bots: " + bots, seconds(phase),
            () -> loads(tokenName).open(BenchKey.HMAC, bots, percent, phase)));
    }

    private void peers(final BenchKey key, final double turnSeconds)
    {
        final BenchPlan.Turns turns = plan.peers();
        steps.add(new Step("side by side, " + key.title(),
            (turns.warmUp() + turns.turns() * (turns.prelude() + turns.perRound())) * turnSeconds,
            () -> peers.run(softHsm, key, token.spec(key), turns)));
    }

    private void spin(final Part part)
    {
        steps.add(new Step("the platform's hiccups", plan.spinMs() / 1e3, () -> part.spin(plan.spinMs())));
    }

    private void begin(final String name, final Part part, final String tokenName)
    {
        steps.add(new Step(name + ", warming up", GATEWAY_SECONDS + 2 * seconds(plan.loads().warmUp()),
            () -> begin(part, tokenName)));
    }

    private void begin(final Part part, final String tokenName) throws IOException, MeasuringException
    {
        part.start(false);
        part.warmUp(plan.loads().warmUp());
        loadsByToken.put(tokenName, new LoadScenarios(tokenName, part.bots(), measurements, progress));
    }

    private void end(final Part part, final String tokenName) throws IOException, MeasuringException
    {
        part.stop();
        final Map<BenchKey, Stages> stagesByKey = new EnumMap<>(BenchKey.class);
        loads(tokenName).logs().forEach((key, log) -> stagesByKey.put(key, new Stages(log)));
        Stages.read(files.journal(tokenName), stagesByKey.values());
        final String prefix = SOFT_HSM.equals(tokenName) ? "stage/" : "stage/" + tokenName + "/";
        stagesByKey.forEach((key, stages) -> stages.histograms().forEach((stage, histogram) ->
            measurements.add(prefix + key.alias() + "/" + stage, SeriesKind.STAGE, tokenName, key, histogram)));
        part.forget();
    }

    private void endUnsealed() throws IOException, MeasuringException
    {
        unsealed.stop();
        unsealed.forget();
    }

    private void measureMemory() throws IOException, MeasuringException
    {
        memory.start(true);
        memoryScenario.run(plan.loads().memory());
        memory.stop();
        memory.forget();
    }

    private LoadScenarios loads(final String tokenName) throws MeasuringException
    {
        final LoadScenarios loads = loadsByToken.get(tokenName);
        if (null == loads)
        {
            throw new MeasuringException("there is no gateway to send to");
        }
        return loads;
    }

    private static double seconds(final Phase phase)
    {
        return (phase.warmUpMs() + phase.measureMs()) / 1e3;
    }
}
