package io.countersign.ops.audit;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.journal.CloseCause;
import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.DenialEncoder;
import io.countersign.codecs.journal.ExecutionChangedEncoder;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.IntentEncoder;
import io.countersign.codecs.journal.InterruptedEncoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.NoiseEncoder;
import io.countersign.codecs.journal.NonceMarkEncoder;
import io.countersign.codecs.journal.OutcomeEncoder;
import io.countersign.codecs.journal.PolicyInForceEncoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.GatewayStoppedEncoder;
import io.countersign.codecs.journal.SessionClosedEncoder;
import io.countersign.codecs.journal.SessionOpenedEncoder;
import io.countersign.codecs.journal.SessionRefusedEncoder;
import io.countersign.codecs.journal.SwitchChangedEncoder;
import io.countersign.codecs.journal.SwitchReach;
import io.countersign.codecs.journal.SwitchSubject;
import io.countersign.codecs.journal.TokenChangedEncoder;
import io.countersign.codecs.journal.TokenState;
import io.countersign.codecs.journal.UndeliveredEncoder;
import io.countersign.codecs.wire.CancelAllEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.LoginEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.QueryOrderEncoder;
import io.countersign.codecs.wire.QueryOrdersEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.TransactionEncoder;
import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import org.agrona.ExpandableArrayBuffer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a journal with every kind of record. Record n has the time START_NS + n seconds.
 */
public final class JournalFixture implements AutoCloseable
{
    /** 2026-11-23T19:00:00.123456789Z. */
    public static final long START_NS = 1_795_460_400_123_456_789L;
    static final long NS_PER_S = 1_000_000_000L;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JournalLock lock;
    private final ChronicleJournal journal;
    private long sequence;
    private boolean isOld;
    private long nonce = IntentEncoder.nonceNullValue();
    private Binding binding = Binding.C;

    public JournalFixture(final Path directory)
    {
        lock = JournalLock.acquire(directory);
        sequence = JournalRecovery.run(lock).lastSequence();
        journal = new ChronicleJournal(new ChronicleJournal.Context()
            .directory(directory).lock(lock).errorHandler(Throwable::printStackTrace));
    }

    /** 13 records: one of each kind, among them a life with one order, one denial and one refused session. */
    public JournalFixture life()
    {
        started();
        policy("principals: []\n");
        final TokenChangedEncoder token = new TokenChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        token.sequence(next()).utcNs(utcNs()).monotonicNs(1).generation(1).returnValue(0).state(TokenState.READY)
            .token("trading");
        append(token.encodedLength());
        final SessionOpenedEncoder opened = new SessionOpenedEncoder().wrapAndApplyHeader(buffer, 0, header);
        opened.sequence(next()).utcNs(utcNs()).monotonicNs(1).aeronSessionId(-7).apiKeyVersion(2).ingress("ipc")
            .principal("maker-1").source("");
        append(opened.encodedLength());
        final long intent = intent("maker-1", "binance-1", newOrder("binance-1"), "symbol=LTCBTC&side=BUY");
        outcome(intent, "maker-1", "binance-1");
        denial("maker-2", "binance-2", newOrder("binance-2"));
        refused("nobody");
        noise();
        undelivered(6, "maker-1");
        interrupted(3);
        final SessionClosedEncoder closed = new SessionClosedEncoder().wrapAndApplyHeader(buffer, 0, header);
        closed.sequence(next()).utcNs(utcNs()).monotonicNs(1).sessionId(4).cause(CloseCause.GONE).principal("maker-1");
        append(closed.encodedLength());
        final GatewayStoppedEncoder stopped = new GatewayStoppedEncoder().wrapAndApplyHeader(buffer, 0, header);
        stopped.sequence(next()).utcNs(utcNs()).monotonicNs(1).firstSequence(1);
        append(stopped.encodedLength());
        return this;
    }

    public void switchChanged(final String name)
    {
        final SwitchChangedEncoder switched = new SwitchChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        switched.sequence(next()).utcNs(utcNs()).monotonicNs(1).sessionId(4).subject(SwitchSubject.KEY)
            .reach(SwitchReach.ALL_BUT_CANCELS).isOn(io.countersign.codecs.journal.Flag.TRUE).name(name)
            .operatorName("boss").comment("why");
        append(switched.encodedLength());
    }

    public void stopped(final String principal, final String rule)
    {
        final ExecutionChangedEncoder stopped = new ExecutionChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        stopped.sequence(next()).utcNs(utcNs()).monotonicNs(1).sessionId(0)
            .isStopped(io.countersign.codecs.journal.Flag.TRUE).principal(principal).rule(rule).operatorName("")
            .comment("");
        append(stopped.encodedLength());
    }

    /** One LTCBTC at 0.1 with the rule {@code small}. */
    public void intent(final String principal, final String key)
    {
        intent(principal, key, newOrder(key), "symbol=LTCBTC&side=BUY");
    }

    /** As version 2 of the journal had it: without the time that was decided by. */
    public void oldIntent(final String principal, final String key)
    {
        isOld = true;
        intent(principal, key);
        isOld = false;
    }

    public void started()
    {
        final GatewayStartedEncoder started = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
        started.sequence(next()).utcNs(utcNs()).monotonicNs(1).processId(42).lastSequence(sequence - 1).tornBytes(0)
            .interrupted(0).version("0.1.0");
        append(started.encodedLength());
    }

    void policy(final String text)
    {
        policy(text, "");
    }

    public void policy(final String text, final String configuration)
    {
        final PolicyInForceEncoder policy = new PolicyInForceEncoder().wrapAndApplyHeader(buffer, 0, header);
        policy.sequence(next()).utcNs(utcNs()).monotonicNs(1).policyVersion(0x0123_4567_89AB_CDEFL)
            .source("gateway.yaml").text(text).configuration(configuration).operatorName("boss").comment("why not");
        append(policy.encodedLength());
    }

    public long intent(final String principal, final String key, final byte[] frame, final String payload)
    {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        final IntentEncoder intent = new IntentEncoder().wrapAndApplyHeader(buffer, 0, header);
        intent.sequence(next()).utcNs(utcNs()).monotonicNs(1).sessionId(4).requestId(1)
            .policyVersion(0x0123_4567_89AB_CDEFL).timestampMs(1_795_460_400_123L).keyVersion(1).tokenGeneration(1)
            .decidedNs(300).builtNs(900).decisionUtcNs(utcNs()).accessScopes((short) 0).nonce(nonce).binding(binding)
            .principal(principal).key(key).rule("small")
            .putFrame(frame, 0, frame.length).putPayload(bytes, 0, bytes.length);
        append(intent.encodedLength());
        return sequence;
    }

    /** What opens a session at a venue. */
    void loginIntent(final String principal, final String key)
    {
        binding = Binding.E;
        intent(principal, key);
        binding = Binding.C;
    }

    /** Signed with a number above those before. */
    void nonceIntent(final String principal, final String key, final long number)
    {
        nonce = number;
        intent(principal, key);
        nonce = IntentEncoder.nonceNullValue();
    }

    void nonceMark(final String key, final long number)
    {
        final NonceMarkEncoder mark = new NonceMarkEncoder().wrapAndApplyHeader(buffer, 0, header);
        mark.sequence(next()).utcNs(utcNs()).monotonicNs(1).nonce(number)
            .keyVersion(key.isEmpty() ? 0 : 1).key(key).venue("kraken-spot").apiKey("first");
        append(mark.encodedLength());
    }

    public void outcome(final long intent, final String principal, final String key)
    {
        final OutcomeEncoder outcome = new OutcomeEncoder().wrapAndApplyHeader(buffer, 0, header);
        outcome.sequence(next()).utcNs(utcNs()).monotonicNs(1).intentSequence(intent).sessionId(4).requestId(1)
            .returnValue(0).submittedNs(1000).signedNs(9000).result(Result.SIGNED).reason(0)
            .principal(principal).key(key).putSignature(new byte[]{(byte) 0xAB, 1}, 0, 2);
        append(outcome.encodedLength());
    }

    void denial(final String principal, final String key, final byte[] frame)
    {
        denial(principal, key, frame, Reason.SYMBOL_NOT_GRANTED);
    }

    /** By the rule {@code small}. */
    public void denial(final String principal, final String key, final byte[] frame, final Reason reason)
    {
        final DenialEncoder denial = new DenialEncoder().wrapAndApplyHeader(buffer, 0, header);
        denial.sequence(next()).utcNs(utcNs()).monotonicNs(1).sessionId(4).requestId(2).policyVersion(1).keyVersion(0)
            .decidedNs(250).reason(reason.value()).decisionUtcNs(utcNs()).accessScopes((short) 0).field((short) 0)
            .principal(principal).key(key).rule("small").putFrame(frame, 0, frame.length);
        append(denial.encodedLength());
    }

    public void interrupted(final long intent)
    {
        final InterruptedEncoder interrupted = new InterruptedEncoder().wrapAndApplyHeader(buffer, 0, header);
        interrupted.sequence(next()).utcNs(utcNs()).monotonicNs(1).intentSequence(intent);
        append(interrupted.encodedLength());
    }

    public void undelivered(final long record, final String principal)
    {
        final UndeliveredEncoder undelivered = new UndeliveredEncoder().wrapAndApplyHeader(buffer, 0, header);
        undelivered.sequence(next()).utcNs(utcNs()).monotonicNs(1).recordSequence(record).sessionId(4).requestId(1)
            .offerResult(-2).principal(principal);
        append(undelivered.encodedLength());
    }

    public void refused(final String principal)
    {
        final SessionRefusedEncoder refused = new SessionRefusedEncoder().wrapAndApplyHeader(buffer, 0, header);
        refused.sequence(next()).utcNs(utcNs()).monotonicNs(1).aeronSessionId(9).reason(27).apiKeyVersion(1)
            .ingress("ipc").principal(principal);
        append(refused.encodedLength());
    }

    private void noise()
    {
        final NoiseEncoder noise = new NoiseEncoder().wrapAndApplyHeader(buffer, 0, header);
        noise.sequence(next()).utcNs(utcNs()).monotonicNs(1).framesCount(2)
            .next().reason(3).occurrences(17).next().reason(999).occurrences(1);
        append(noise.encodedLength());
    }

    public static byte[] newOrder(final String key)
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final NewOrderEncoder order = new NewOrderEncoder().wrapAndApplyHeader(
            frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        order.sessionId(4).requestId(1).deadlineNs(NewOrderEncoder.deadlineNsNullValue()).maxAgeMs(5000)
            .side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
            .responseType(ResponseType.NULL_VAL).selfTradePrevention(SelfTradePrevention.NULL_VAL);
        order.quantity().mantissa(1).exponent((byte) 0);
        order.quoteQuantity().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        order.price().mantissa(1000).exponent((byte) -4);
        order.stopPrice().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        order.icebergQuantity().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        order.trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue())
            .strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL).goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        order.key(key).symbol("LTCBTC").clientOrderId("");
        return bytes(frame, order.encodedLength());
    }

    public static byte[] cancel()
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final io.countersign.codecs.wire.CancelOrderEncoder cancel =
            new io.countersign.codecs.wire.CancelOrderEncoder().wrapAndApplyHeader(
                frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        cancel.sessionId(4).requestId(1).deadlineNs(77).maxAgeMs(5000).orderId(123)
            .cancelRestriction(CancelRestriction.ONLY_NEW).goodTilBlock(99)
            .key("k").symbol("LTCBTC").originalClientOrderId("mine").clientOrderId("").venueOrderId("");
        return bytes(frame, cancel.encodedLength());
    }

    static byte[] queryAccount()
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final io.countersign.codecs.wire.QueryAccountEncoder query =
            new io.countersign.codecs.wire.QueryAccountEncoder().wrapAndApplyHeader(
                frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        query.sessionId(4).requestId(1).deadlineNs(77).maxAgeMs(5000).omitZeroBalances(Flag.TRUE).key("k");
        return bytes(frame, query.encodedLength());
    }

    static byte[] cancelAll(final String symbol)
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final CancelAllEncoder cancel = new CancelAllEncoder().wrapAndApplyHeader(
            frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        cancel.sessionId(4).requestId(1).deadlineNs(77).maxAgeMs(5000).key("k").symbol(symbol);
        return bytes(frame, cancel.encodedLength());
    }

    static byte[] queryOrders(final String symbol)
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final QueryOrdersEncoder query = new QueryOrdersEncoder().wrapAndApplyHeader(
            frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        query.sessionId(4).requestId(1).deadlineNs(77).maxAgeMs(5000).key("k").symbol(symbol);
        return bytes(frame, query.encodedLength());
    }

    static byte[] queryOrder()
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final QueryOrderEncoder query = new QueryOrderEncoder().wrapAndApplyHeader(
            frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        query.sessionId(4).requestId(1).deadlineNs(77).maxAgeMs(5000).orderId(QueryOrderEncoder.orderIdNullValue())
            .key("k").symbol("BTC-USDT").originalClientOrderId("").venueOrderId("theirs-1");
        return bytes(frame, query.encodedLength());
    }

    static byte[] login()
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final LoginEncoder login = new LoginEncoder().wrapAndApplyHeader(
            frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        login.sessionId(4).requestId(1).deadlineNs(77).maxAgeMs(5000).messageSequence(2)
            .key("k").senderCompId("BOT").targetCompId("SPOT");
        return bytes(frame, login.encodedLength());
    }

    static byte[] transaction()
    {
        final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
        final TransactionEncoder transaction = new TransactionEncoder().wrapAndApplyHeader(
            frame, 0, new io.countersign.codecs.wire.MessageHeaderEncoder());
        transaction.sessionId(4).requestId(1).deadlineNs(77).maxAgeMs(TransactionEncoder.maxAgeMsNullValue())
            .accountNonce(0).gasLimit(21_000).maxFeePerGas(3).maxPriorityFeePerGas(2);
        transaction.quantity().mantissa(15).exponent((byte) -1);
        transaction.key("k").symbol("0x96").putData(new byte[]{0, -1}, 0, 2);
        return bytes(frame, transaction.encodedLength());
    }

    public void skipSequence()
    {
        sequence++;
    }

    @Override
    public void close()
    {
        journal.close();
        lock.close();
    }

    private static byte[] bytes(final ExpandableArrayBuffer frame, final int encodedLength)
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        final byte[] bytes = new byte[length + FrameAuthenticator.TAG_LENGTH];
        frame.getBytes(0, bytes, 0, length);
        return bytes;
    }

    private long next()
    {
        return ++sequence;
    }

    private long utcNs()
    {
        return START_NS + sequence * NS_PER_S;
    }

    private void append(final int encodedLength)
    {
        if (isOld)
        {
            header.wrap(buffer, 0).version(2);
        }
        if (!journal.append(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength))
        {
            throw new IllegalStateException("journal failed");
        }
    }
}
