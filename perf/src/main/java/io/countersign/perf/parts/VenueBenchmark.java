package io.countersign.perf.parts;

import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.Flag;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A typical limit order as profiles write it: up to what the token signs, and from there with its signature to what is
 * sent. Query, JSON body, and a body that is hashed first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VenueBenchmark
{
    private static final int SIGNATURE_LENGTH = 32;
    private static final Set<String> NO_TIME_IN_FORCE =
        Set.of("bitfinex-v2", "bitstamp-v2", "kraken-futures", "okx-v5");

    /** The profile: every one that takes orders, but for the chains, whose keys must fit the signature. */
    @Param({"binance-spot", "binance-spot-ws", "binance-um", "bitfinex-v2", "bitstamp-v2", "bybit-v5", "bybit-v5-spot",
        "coinbase-exchange", "coinbase-intx", "coinbase-prime", "deribit", "gate-v4", "kraken-futures", "kraken-spot",
        "kucoin", "kucoin-hf", "okx-v5"})
    private String profile;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer signature = new UnsafeBuffer(new byte[SIGNATURE_LENGTH]);
    private final Order order = new Order();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Stamp stamp = new Stamp();
    private final VenueRequest request = new VenueRequest();
    private long utcNs = 1_700_000_000_000_000_000L;
    private Venue venue;
    private VenueKey key;

    /**
     * For JMH.
     */
    public VenueBenchmark()
    {
    }

    /**
     * An order and a key.
     */
    @Setup
    public void setUp()
    {
        venue = VenueProfiles.shipped().byName(profile);
        final KeyRule rule = Arrays.stream(KeyAlgorithm.values())
            .map(venue::keyRule).filter(Objects::nonNull).findFirst().orElseThrow();
        key = VenueKey.builder("vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0M", rule.algorithm(), rule.signature())
            .passphrase(PassphraseUse.NONE == venue.passphrase() ? null : "passphrase")
            .parameters(venue.parameters().stream()
                .map((parameter) -> Objects.requireNonNullElse(parameter.defaultValue(), "1")).toList())
            .build();
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(NewOrderEncoder.maxAgeMsNullValue())
            .side(Side.BUY).orderType(OrderType.LIMIT)
            .timeInForce(NO_TIME_IN_FORCE.contains(profile) ? TimeInForce.NULL_VAL : TimeInForce.GTC)
            .responseType(ResponseType.NULL_VAL).selfTradePrevention(SelfTradePrevention.NULL_VAL)
            .trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue())
            .strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL).goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        encoder.quantity().mantissa(1_000_000).exponent((byte) -8);
        encoder.quoteQuantity().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        encoder.price().mantissa(5_200_000).exponent((byte) -2);
        encoder.stopPrice().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        encoder.icebergQuantity().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        encoder.key("main").symbol("bitstamp-v2".equals(profile) ? "btcusd" : "BTCUSDT").clientOrderId(clientOrderId());
        adapter.decode(frame, 0, order);
        if (0 != build())
        {
            throw new IllegalStateException(profile + " refuses the order for " + request.faultField());
        }
    }

    private String clientOrderId()
    {
        return switch (profile)
        {
            case "bitfinex-v2" -> "";
            case "coinbase-exchange" -> "3fa85f64-5717-4562-b3fc-2c963f66afa6";
            default -> "maker7n00000001";
        };
    }

    /**
     * Up to what the token signs.
     *
     * @return 0.
     */
    @Benchmark
    public int build()
    {
        utcNs += 1_000_003;
        return venue.build(order, key, stamp.set(utcNs, utcNs / 1_000_000), request);
    }

    /**
     * The whole way to what is sent.
     *
     * @return 0.
     */
    @Benchmark
    public int buildAndFinish()
    {
        return build() | venue.finish(request, key, signature, 0, SIGNATURE_LENGTH);
    }
}
