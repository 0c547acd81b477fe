package io.countersign.ops.score;

import io.countersign.gateway.register.KeyState;
import io.countersign.ops.score.ScoreRig.Variant;
import io.countersign.venues.Binding;
import io.countersign.venues.Scope;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class KeyScoresTest
{
    private static final int ROUNDS = 20_000;

    @Test
    void shouldMoveTheScoreByEachFactorAlone()
    {
        for (final Map.Entry<String, List<Variant>> factor : ScoreRig.variants().entrySet())
        {
            for (final Variant variant : factor.getValue())
            {
                final ScoreRig rig = new ScoreRig();
                variant.change().accept(rig);
                final KeyScore score = rig.score();
                final String what = factor.getKey() + ": " + variant.name();
                assertEquals(variant.score(), score.score(), what);
                for (final Factor other : score.factors())
                {
                    final boolean isIt = other.name().equals(factor.getKey());
                    assertTrue(isIt || Factor.ONE == other.thousandths(), () -> what + " moves " + other);
                }
            }
        }
    }

    @Test
    void shouldNeverFallWhenSomethingImproves()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Map<String, List<Variant>> variants = ScoreRig.variants();
        final List<String> names = new ArrayList<>(variants.keySet());
        int rises = 0;
        for (int round = 0; round < ROUNDS; round++)
        {
            final Map<String, Integer> chosen = new HashMap<>();
            names.forEach((name) -> chosen.put(
                name, random.nextInt(3) < 2 ? 0 : random.nextInt(variants.get(name).size())));
            final String improved = names.get(random.nextInt(names.size()));
            chosen.put(improved, random.nextInt(variants.get(improved).size()));
            if (0 != chosen.get("recoverable"))
            {
                // A recoverable key that is made anew without that is not extractable either.
                chosen.put("extractable", 0);
            }
            final int worse = chosen.get(improved);
            final int before = score(variants, chosen);
            chosen.put(improved, 0 == worse ? 0 : random.nextInt(worse));
            final int after = score(variants, chosen);
            assertTrue(before <= after,
                () -> "seed " + seed + ": a better " + improved + " lowers " + before + " to " + after);
            rises += before < after ? 1 : 0;
        }
        assertTrue(ROUNDS / 20 < rises, "it rises at all: " + rises);
    }

    @Test
    void shouldBeTheProductOfWhatItSays()
    {
        final Random random = new Random(7);
        final Map<String, List<Variant>> variants = ScoreRig.variants();
        for (int round = 0; round < 500; round++)
        {
            final ScoreRig rig = new ScoreRig();
            variants.values().forEach((each) -> each.get(random.nextInt(each.size())).change().accept(rig));
            final KeyScore score = rig.score();
            double byHand = 100;
            for (final Factor factor : score.factors())
            {
                final double value = factor.value().doubleValue();
                byHand = Quantity.EXPOSURE == factor.quantity() ? byHand / value : byHand * value;
            }
            assertEquals(byHand, score.score(), 0.5 + 1e-9);
            assertTrue(0 <= score.score() && score.score() <= 100);
        }
    }

    @Test
    void shouldSayWhatFollowingAnAdviceGains()
    {
        final ScoreRig rig = new ScoreRig();
        rig.inHardware = false;
        rig.accessToken = "maker-1 for trade";
        rig.oversight = Oversight.NONE;
        rig.rate = "maker-1/buy";
        final KeyScore score = rig.score();
        assertEquals(51, score.score());
        final List<Factor> dearest = score.dearest(3);
        assertEquals(List.of("hardware", "four-eyes", "access-token"),
            dearest.stream().map(Factor::name).toList());
        assertEquals(22, score.gain(dearest.getFirst()));
        rig.inHardware = true;
        assertEquals(51 + 22, rig.score().score());
    }

    @Test
    void shouldAdviseNothingThatCannotBeDone()
    {
        assertEquals(List.of(), new ScoreRig().score().dearest(3));
        final ScoreRig rig = new ScoreRig();
        ScoreRig.variants().get("sources").get(1).change().accept(rig);
        rig.power = Scope.TRADE;
        rig.binding = Binding.C;
        assertEquals(79, rig.score().score());
        assertEquals(List.of(), rig.score().dearest(3));
    }

    @Test
    void shouldCountWhatIsUnknownAndSayIt()
    {
        final ScoreRig rig = new ScoreRig();
        rig.isPolicyKnown = false;
        rig.isRegistered = false;
        rig.oversight = null;
        rig.pin = null;
        rig.role = KeyRole.UNKNOWN;
        final Map<String, String> unknown = new HashMap<>();
        rig.score().unknown().forEach((factor) -> unknown.put(factor.name(), factor.value().toPlainString()));
        final Map<String, String> documented = new HashMap<>(Map.of("pin", "0.9", "principals", "0.9",
            "sources", "0.85", "scopes", "0.9", "quantity", "0.95", "notional", "0.95", "rate", "0.95",
            "access-token", "0.9", "four-eyes", "0.85", "age", "1.25"));
        documented.putAll(Map.of("use", "1.1", "venues", "1", "binding", "1.1"));
        assertEquals(documented, unknown);
        assertEquals(27, rig.score().score());
    }

    @Test
    void shouldLetTheWeakestKeyInUseCountHalf()
    {
        assertNull(ApplianceScore.of(List.of()));
        final ScoreRig good = new ScoreRig();
        final ScoreRig bad = new ScoreRig();
        bad.sensitive = false;
        final ScoreRig stray = new ScoreRig();
        stray.role = KeyRole.STRAY;
        stray.extractable = true;
        final ScoreRig revoked = new ScoreRig();
        revoked.state = KeyState.REVOKED;
        assertFalse(stray.score().isInUse());
        assertFalse(revoked.score().isInUse());
        final ApplianceScore score = ApplianceScore.of(
            List.of(good.score(), bad.score(), good.score(), stray.score(), revoked.score()));
        assertEquals(3, score.count());
        assertEquals(new BigDecimal("70.0"), score.mean());
        assertEquals(10, score.lowest().score());
        assertEquals(40, score.score());
    }

    @Test
    void shouldDocumentEveryFactorAndValue() throws Exception
    {
        final List<String> rows = Files.readAllLines(Path.of("../docs/score.md")).stream()
            .filter((line) -> line.startsWith("| `")).toList();
        final Map<String, List<Variant>> variants = ScoreRig.variants();
        for (final Map.Entry<String, List<Variant>> factor : variants.entrySet())
        {
            final String row = rows.stream().filter((line) -> line.startsWith("| `" + factor.getKey() + "` "))
                .findFirst().orElseThrow(() -> new AssertionError("docs/score.md lacks " + factor.getKey()));
            for (final Variant variant : factor.getValue())
            {
                final ScoreRig rig = new ScoreRig();
                variant.change().accept(rig);
                final Factor value = rig.score().factors().stream()
                    .filter((one) -> one.name().equals(factor.getKey())).findFirst().orElseThrow();
                final boolean isComputed = Quantity.STRENGTH == value.quantity();
                assertTrue(isComputed || row.matches(".*[ (]" + value.value().toPlainString().replace(".", "\\.") +
                    "[ ,;:|].*"), factor.getKey() + " " + value.value() + ": " + row);
            }
        }
        assertEquals(variants.size(), rows.size(), rows.toString());
    }

    private static int score(final Map<String, List<Variant>> variants, final Map<String, Integer> chosen)
    {
        final ScoreRig rig = new ScoreRig();
        variants.forEach((name, each) -> each.get(chosen.get(name)).change().accept(rig));
        return rig.score().score();
    }
}
