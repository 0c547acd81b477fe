package io.countersign.gateway;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.control.AccessTokenProxy;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.control.SealProxy;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.Journal;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.gateway.journal.JournalSync;
import io.countersign.gateway.journal.StandingOrders;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyText;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.transport.Ingress;
import io.countersign.hsm.SigningLane;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What the gateway agent works with: everything of the outside world, so that a test can drive the agent step by step
 * in one thread with fakes of the same interfaces.
 */
public final class GatewayContext
{
    /** Duty cycles longer than this are counted. */
    public static final long CYCLE_THRESHOLD_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private GatewayClock clock;
    private Ingress ingress;
    private final List<String> tokenNames = new ArrayList<>();
    private final List<SigningLane> lanes = new ArrayList<>();
    private Journal journal;
    private JournalSync journalSync;
    private JournalRecovery recovery;
    private Policy policy;
    private Ledger ledger;
    private PolicyText policyText;
    private StandingOrders standing = new StandingOrders();
    private List<KeyConfig> keys;
    private List<KeySlot> keySlots;
    private KeyProxy keyProxy;
    private boolean isSignedOnly;
    private GatewayCounters counters;
    private ControlProxy controlProxy;
    private AccessTokenProxy accessTokenProxy;
    private Queue<GatewayCommand> commands;
    private SessionLimits sessionLimits = SessionLimits.DEFAULT;
    private SealProxy sealProxy;

    /**
     * Check that nothing is missing.
     *
     * @return this.
     */
    public GatewayContext conclude()
    {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(ingress, "ingress");
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(recovery, "recovery");
        Objects.requireNonNull(policy, "policy");
        ledger = null == ledger ? new Ledger(policy) : ledger;
        Objects.requireNonNull(policyText, "policyText");
        Objects.requireNonNull(keys, "keys");
        keySlots = null == keySlots ? KeySlot.of(tokenNames, keys) : keySlots;
        keyProxy = null == keyProxy ? new KeyProxy(keys.size()) : keyProxy;
        Objects.requireNonNull(counters, "counters");
        Objects.requireNonNull(controlProxy, "controlProxy");
        Objects.requireNonNull(accessTokenProxy, "accessTokenProxy");
        Objects.requireNonNull(commands, "commands");
        return this;
    }

    GatewayClock clock()
    {
        return clock;
    }

    /**
     * Set the clock.
     *
     * @param clock monotonic and UTC time.
     * @return this.
     */
    public GatewayContext clock(final GatewayClock clock)
    {
        this.clock = clock;
        return this;
    }

    Ingress ingress()
    {
        return ingress;
    }

    /**
     * Set where frames come from.
     *
     * @param ingress polled by the agent's thread.
     * @return this.
     */
    public GatewayContext ingress(final Ingress ingress)
    {
        this.ingress = ingress;
        return this;
    }

    List<String> tokenNames()
    {
        return tokenNames;
    }

    List<SigningLane> lanes()
    {
        return lanes;
    }

    /**
     * Add a token. Once for each, in configuration order.
     *
     * @param name of the token, which its keys and records name.
     * @param lane of a proven connection, to sign with at first.
     * @return this.
     */
    public GatewayContext token(final String name, final SigningLane lane)
    {
        tokenNames.add(name);
        lanes.add(lane);
        return this;
    }

    Journal journal()
    {
        return journal;
    }

    /**
     * Set the audit journal.
     *
     * @param journal open; closed by the agent.
     * @return this.
     */
    public GatewayContext journal(final Journal journal)
    {
        this.journal = journal;
        return this;
    }

    JournalSync journalSync()
    {
        return journalSync;
    }

    /**
     * Have replies wait until what they tell is on the storage device.
     *
     * @param sync of the journal; null, as it is when not set, lets them leave when it is appended.
     * @return this.
     */
    public GatewayContext journalSync(final JournalSync sync)
    {
        journalSync = sync;
        return this;
    }

    JournalRecovery recovery()
    {
        return recovery;
    }

    /**
     * Set what was found in the journal.
     *
     * @param recovery before anything is appended.
     * @return this.
     */
    public GatewayContext recovery(final JournalRecovery recovery)
    {
        this.recovery = recovery;
        return this;
    }

    Policy policy()
    {
        return policy;
    }

    /**
     * Set the policy in force.
     *
     * @param policy compiled.
     * @return this.
     */
    public GatewayContext policy(final Policy policy)
    {
        this.policy = policy;
        return this;
    }

    Ledger ledger()
    {
        return ledger;
    }

    /**
     * Set what went before, as far as the policy asks.
     *
     * @param ledger of the policy; an empty one when none is set.
     * @return this.
     */
    public GatewayContext ledger(final Ledger ledger)
    {
        this.ledger = ledger;
        return this;
    }

    PolicyText policyText()
    {
        return policyText;
    }

    /**
     * Set the texts behind the policy.
     *
     * @param policyText which the journal keeps.
     * @return this.
     */
    public GatewayContext policyText(final PolicyText policyText)
    {
        this.policyText = policyText;
        return this;
    }

    StandingOrders standing()
    {
        return standing;
    }

    /** What is on and stopped since the lives before, then the agent's own; nothing, if it is not set. */
    GatewayContext standing(final StandingOrders standing)
    {
        this.standing = standing;
        return this;
    }

    List<KeyConfig> keys()
    {
        return keys;
    }

    /**
     * Set the keys.
     *
     * @param keys in configuration order.
     * @return this.
     */
    public GatewayContext keys(final List<KeyConfig> keys)
    {
        this.keys = keys;
        return this;
    }

    GatewayCounters counters()
    {
        return counters;
    }

    /**
     * Set the counters.
     *
     * @param counters written by the agent's thread.
     * @return this.
     */
    public GatewayContext counters(final GatewayCounters counters)
    {
        this.counters = counters;
        return this;
    }

    AccessTokenProxy accessTokenProxy()
    {
        return accessTokenProxy;
    }

    /** What carries access tokens to the control agent, shared with it. */
    GatewayContext accessTokenProxy(final AccessTokenProxy accessTokenProxy)
    {
        this.accessTokenProxy = accessTokenProxy;
        return this;
    }

    List<KeySlot> keySlots()
    {
        return keySlots;
    }

    KeyProxy keyProxy()
    {
        return keyProxy;
    }

    /** Whether operators are enrolled: then no unsigned command but a list is taken. */
    boolean isSignedOnly()
    {
        return isSignedOnly;
    }

    /**
     * Set what stands for the keys, where that is more than the configuration says.
     *
     * @param slots of all keys, in their order.
     * @return this.
     */
    public GatewayContext keySlots(final List<KeySlot> slots)
    {
        keySlots = slots;
        return this;
    }

    /**
     * Set who is told of operators' signed commands: there is a key register, and no other commands are taken.
     *
     * @param proxy to the key agent.
     * @return this.
     */
    public GatewayContext register(final KeyProxy proxy)
    {
        keyProxy = proxy;
        isSignedOnly = true;
        return this;
    }

    ControlProxy controlProxy()
    {
        return controlProxy;
    }

    /**
     * Set what carries connects to the control agent.
     *
     * @param controlProxy written by the agent's thread.
     * @return this.
     */
    public GatewayContext controlProxy(final ControlProxy controlProxy)
    {
        this.controlProxy = controlProxy;
        return this;
    }

    Queue<GatewayCommand> commands()
    {
        return commands;
    }

    /**
     * Set where finished results come from.
     *
     * @param commands read by the agent's thread.
     * @return this.
     */
    public GatewayContext commands(final Queue<GatewayCommand> commands)
    {
        this.commands = commands;
        return this;
    }

    SessionLimits sessionLimits()
    {
        return sessionLimits;
    }

    /** How many sessions there may be, and what each may have. */
    GatewayContext sessionLimits(final SessionLimits sessionLimits)
    {
        this.sessionLimits = sessionLimits;
        return this;
    }

    SealProxy sealProxy()
    {
        return sealProxy;
    }

    /** Who seals the journal; null, which is the default, when nobody does. */
    GatewayContext sealProxy(final SealProxy sealProxy)
    {
        this.sealProxy = sealProxy;
        return this;
    }
}
