package io.countersign.ops.score;

import io.countersign.gateway.policy.AddressRange;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenKey;
import io.countersign.venues.Binding;
import io.countersign.venues.Scope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Facts of which each can be moved alone, from the best on. */
final class ScoreRig
{
    static final long NOW_MS = 1_796_065_200_000L;
    private static final long PERIOD_MS = TimeUnit.DAYS.toMillis(90);

    TokenKey.Kind kind = TokenKey.Kind.PRIVATE;
    String type = "Ed25519";
    int bits = 255;
    List<SigningAlgorithm> algorithms = List.of(SigningAlgorithm.ED25519);
    SigningAlgorithm algorithm = SigningAlgorithm.ED25519;
    Boolean sensitive = true;
    Boolean alwaysSensitive = true;
    Boolean extractable = false;
    Boolean neverExtractable = true;
    Boolean isPrivate = true;
    Boolean local = true;
    List<String> uses = List.of("sign");
    List<String> mechanisms = List.of("CKM_EDDSA");
    Boolean inHardware = true;
    PinSource.Kind pin = PinSource.Kind.CREDENTIAL;
    KeyRole role = KeyRole.VENUE;
    int principals = 1;
    List<AddressRange> ranges = List.of();
    Scope power = Scope.QUERY;
    String quantity = "";
    String notional = "";
    String rate = "";
    String accessToken = "";
    Binding binding = Binding.A;
    int venues = 1;
    boolean isPolicyKnown = true;
    Oversight oversight = new Oversight(true, 2);
    KeyState state = KeyState.ACTIVE;
    long ageDays = 10;
    long quietDays = 1;
    boolean isRecoverable;
    boolean isRegistered = true;
    String publishedIn;

    KeyScore score()
    {
        return KeyScores.of("maker", "01", facts(), NOW_MS);
    }

    KeyFacts facts()
    {
        final TokenKey key = new TokenKey(1, kind, new byte[]{ 1 }, "maker", type, bits, algorithms, sensitive,
            alwaysSensitive, extractable, neverExtractable, isPrivate, local, uses, mechanisms, null);
        return new KeyFacts(key, algorithm, role, new KeyFacts.Custody(inHardware, pin),
            isPolicyKnown ? grants() : null, oversight, isRegistered ? life() : null, publishedIn);
    }

    private Grants grants()
    {
        final SourceWidth width = SourceWidth.of(ranges);
        return new Grants(
            names("maker-", principals),
            new Grants.Blamed<>(width, SourceWidth.LOCAL == width ? "" : "maker-1 from " + ranges.getFirst()),
            new Grants.Blamed<>(power, Scope.QUERY == power ? "" : "maker-1"),
            new Grants.Missing(quantity, notional, rate, accessToken, ""),
            new Grants.Blamed<>(binding, "login of maker-1/log-on"),
            names("venue-", venues));
    }

    private KeyLife life()
    {
        final long sinceMs = NOW_MS - TimeUnit.DAYS.toMillis(ageDays);
        return new KeyLife(state, sinceMs, sinceMs + PERIOD_MS,
            quietDays < 0 ? KeyTimes.NEVER : NOW_MS - TimeUnit.DAYS.toMillis(quietDays), isRecoverable);
    }

    private static List<String> names(final String prefix, final int count)
    {
        final List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++)
        {
            names.add(prefix + i);
        }
        return names;
    }

    /** One way in which a fact can be, and the score when everything else is best. */
    record Variant(String name, int score, Consumer<ScoreRig> change)
    {
    }

    /** By factor, each from best to worst; what is not known is not among them. */
    static Map<String, List<Variant>> variants()
    {
        final Map<String, List<Variant>> all = new LinkedHashMap<>();
        addStrength(all);
        addHolding(all);
        addPolicy(all);
        addExposure(all);
        return all;
    }

    private static void addStrength(final Map<String, List<Variant>> all)
    {
        all.put("algorithm", List.of(
            new Variant("Ed25519", 100, (rig) -> { }),
            new Variant("P-256", 100, (rig) -> rig.pair("P-256", 256)),
            new Variant("RSA-3072", 100, (rig) -> rig.pair("RSA", 3072)),
            new Variant("HMAC with 120 bits", 94, (rig) -> rig.secret(120)),
            new Variant("RSA-2048", 88, (rig) -> rig.pair("RSA", 2048)),
            new Variant("P-224", 88, (rig) -> rig.pair("P-224", 224)),
            new Variant("HMAC with 111 bits", 0, (rig) -> rig.secret(111)),
            new Variant("RSA-1024", 0, (rig) -> rig.pair("RSA", 1024))));
    }

    private static void addHolding(final Map<String, List<Variant>> all)
    {
        all.put("sensitive", List.of(
            new Variant("yes", 100, (rig) -> rig.sensitive = true),
            new Variant("no", 10, (rig) -> rig.sensitive = false)));
        all.put("extractable", List.of(
            new Variant("no", 100, (rig) -> rig.extractable = false),
            new Variant("yes", 20, (rig) -> rig.extractable = true)));
        all.put("private", List.of(
            new Variant("yes", 100, (rig) -> rig.isPrivate = true),
            new Variant("no", 20, (rig) -> rig.isPrivate = false)));
        all.put("uses", List.of(
            new Variant("sign", 100, (rig) -> rig.uses = List.of("sign")),
            new Variant("sign and verify", 100, (rig) -> rig.uses = List.of("sign", "verify")),
            new Variant("wrap", 50, (rig) -> rig.uses = List.of("sign", "wrap"))));
        all.put("mechanisms", List.of(
            new Variant("one", 100, (rig) -> rig.mechanisms = List.of("CKM_EDDSA")),
            new Variant("any", 90, (rig) -> rig.mechanisms = List.of())));
        all.put("origin", List.of(
            new Variant("token", 100, (rig) -> rig.local = true),
            new Variant("import", 80, (rig) -> rig.local = false)));
        all.put("hardware", List.of(
            new Variant("yes", 100, (rig) -> rig.inHardware = true),
            new Variant("no", 70, (rig) -> rig.inHardware = false)));
        all.put("pin", List.of(
            new Variant("credential", 100, (rig) -> rig.pin = PinSource.Kind.CREDENTIAL),
            new Variant("mount", 95, (rig) -> rig.pin = PinSource.Kind.MOUNT),
            new Variant("file", 90, (rig) -> rig.pin = PinSource.Kind.FILE),
            new Variant("environment", 70, (rig) -> rig.pin = PinSource.Kind.ENVIRONMENT)));
    }

    private static void addPolicy(final Map<String, List<Variant>> all)
    {
        all.put("principals", List.of(
            new Variant("none", 100, (rig) -> rig.principals = 0),
            new Variant("one", 100, (rig) -> rig.principals = 1),
            new Variant("three", 95, (rig) -> rig.principals = 3),
            new Variant("ten", 90, (rig) -> rig.principals = 10),
            new Variant("eleven", 80, (rig) -> rig.principals = 11)));
        all.put("sources", List.of(
            new Variant("IPC", 100, (rig) -> rig.ranges = ranges()),
            new Variant("one", 97, (rig) -> rig.ranges = ranges("10.1.2.3")),
            new Variant("two", 93, (rig) -> rig.ranges = ranges("10.1.2.3", "10.1.2.4")),
            new Variant("/24", 93, (rig) -> rig.ranges = ranges("10.1.2.0/24")),
            new Variant("IPv6 /64", 93, (rig) -> rig.ranges = ranges("2001:db8::/64")),
            new Variant("/16", 85, (rig) -> rig.ranges = ranges("10.1.0.0/16")),
            new Variant("IPv6 /48", 85, (rig) -> rig.ranges = ranges("2001:db8::/48")),
            new Variant("/15", 70, (rig) -> rig.ranges = ranges("10.0.0.0/15")),
            new Variant("/1", 70, (rig) -> rig.ranges = ranges("0.0.0.0/1")),
            new Variant("/0", 50, (rig) -> rig.ranges = ranges("0.0.0.0/0")),
            new Variant("two halves", 50, (rig) -> rig.ranges = ranges("0.0.0.0/1", "128.0.0.0/1")),
            new Variant("IPv6 /0", 50, (rig) -> rig.ranges = ranges("::/0"))));
        all.put("scopes", List.of(
            new Variant("query", 100, (rig) -> rig.power = Scope.QUERY),
            new Variant("cancel", 95, (rig) -> rig.power = Scope.CANCEL),
            new Variant("trade", 90, (rig) -> rig.power = Scope.TRADE),
            new Variant("login", 70, (rig) -> rig.power = Scope.LOGIN),
            new Variant("transfer", 60, (rig) -> rig.power = Scope.TRANSFER),
            new Variant("withdraw", 50, (rig) -> rig.power = Scope.WITHDRAW)));
        all.put("quantity", missing(95, (rig) -> rig.quantity = "maker-1/buy"));
        all.put("notional", missing(95, (rig) -> rig.notional = "maker-1/buy"));
        all.put("rate", missing(95, (rig) -> rig.rate = "maker-1/buy"));
        all.put("access-token", missing(90, (rig) -> rig.accessToken = "maker-1 for trade"));
        all.put("four-eyes", List.of(
            new Variant("two", 100, (rig) -> rig.oversight = new Oversight(true, 2)),
            new Variant("one", 90, (rig) -> rig.oversight = new Oversight(true, 1)),
            new Variant("none", 85, (rig) -> rig.oversight = Oversight.NONE)));
    }

    private static void addExposure(final Map<String, List<Variant>> all)
    {
        all.put("age", List.of(
            new Variant("half", 100, (rig) -> rig.ageDays = 45),
            new Variant("due soon", 91, (rig) -> rig.ageDays = 90),
            new Variant("old", 67, (rig) -> rig.ageDays = 91),
            new Variant("very old", 50, (rig) -> rig.ageDays = 181)));
        all.put("use", List.of(
            new Variant("lately", 100, (rig) -> rig.quietDays = 29),
            new Variant("not for 30 days", 83, (rig) ->
            {
                rig.ageDays = Math.max(30, rig.ageDays);
                rig.quietDays = 30;
            })));
        all.put("venues", List.of(
            new Variant("one", 100, (rig) -> rig.venues = 1),
            new Variant("two", 83, (rig) -> rig.venues = 2),
            new Variant("three", 71, (rig) -> rig.venues = 3)));
        all.put("binding", List.of(
            new Variant("A", 100, (rig) -> rig.binding = Binding.A),
            new Variant("B", 100, (rig) -> rig.binding = Binding.B),
            new Variant("C", 91, (rig) -> rig.binding = Binding.C),
            new Variant("D", 77, (rig) -> rig.binding = Binding.D),
            new Variant("E", 67, (rig) -> rig.binding = Binding.E)));
        all.put("recoverable", List.of(
            new Variant("no", 100, (rig) -> rig.isRecoverable = false),
            new Variant("yes", 95, (rig) -> rig.isRecoverable = true)));
        all.put("state", List.of(
            new Variant("active", 100, (rig) -> rig.state = KeyState.ACTIVE),
            new Variant("retiring", 91, (rig) -> rig.state = KeyState.RETIRING),
            new Variant("revoked", 83, (rig) -> rig.state = KeyState.REVOKED),
            new Variant("destroyed", 83, (rig) -> rig.state = KeyState.DESTROYED)));
        all.put("published", List.of(
            new Variant("no", 100, (rig) -> rig.publishedIn = null),
            new Variant("yes", 0, (rig) -> rig.publishedIn = "RFC 8032")));
    }

    private static List<Variant> missing(final int score, final Consumer<ScoreRig> change)
    {
        return List.of(new Variant("there", 100, (rig) -> { }), new Variant("missing", score, change));
    }

    private static List<AddressRange> ranges(final String... texts)
    {
        return Arrays.stream(texts).map(AddressRange::parse).toList();
    }

    private void pair(final String nextType, final int nextBits)
    {
        type = nextType;
        bits = nextBits;
    }

    private void secret(final int nextBits)
    {
        kind = TokenKey.Kind.SECRET;
        type = "generic-secret";
        bits = nextBits;
        algorithms = List.of(SigningAlgorithm.HMAC_SHA256, SigningAlgorithm.HMAC_SHA512);
        algorithm = SigningAlgorithm.HMAC_SHA256;
    }
}
