package io.countersign.gateway;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.keys.KeyLanes;
import io.countersign.gateway.keys.OpenRegister;
import io.countersign.gateway.keys.PassphraseMacs;
import io.countersign.gateway.keys.RegisterHistory;
import io.countersign.gateway.keys.SlotPlan;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.TokenException;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands for the configured keys at a start: what the configuration says itself, and what the key register says.
 */
final class StartKeys implements AutoCloseable
{
    private final List<KeySlot> slots;
    private final OpenRegister register;
    private final RegisterHistory history;
    private final SlotPlan plan;
    private final KeyLanes lanes;

    private StartKeys(
        final List<KeySlot> slots,
        final OpenRegister register,
        final RegisterHistory history,
        final SlotPlan plan,
        final KeyLanes lanes)
    {
        this.slots = slots;
        this.register = register;
        this.history = history;
        this.plan = plan;
        this.lanes = lanes;
    }

    /** Has every key that may sign found and proven. */
    static StartKeys open(final GatewayConfig config, final TokenConnections tokens)
        throws ConfigException, TokenException
    {
        if (null == config.register())
        {
            return new StartKeys(
                PassphraseMacs.ready(KeySlot.of(tokens.names(), config.keys()), tokens.lanes()),
                null, null, null, null);
        }
        final RegisterHistory history = RegisterHistory.read(config.journalDirectory());
        OpenRegister opened = null;
        try
        {
            opened = OpenRegister.open(
                config.register(), tokens.connection(tokens.names().indexOf(config.register().token())), history);
            final StartKeys keys = open(config, tokens, opened, history);
            opened = null;
            return keys;
        }
        catch (final RegisterException ex)
        {
            throw new ConfigException(ex.getMessage());
        }
        finally
        {
            if (null != opened)
            {
                opened.close();
            }
        }
    }

    private static StartKeys open(
        final GatewayConfig config,
        final TokenConnections tokens,
        final OpenRegister opened,
        final RegisterHistory history) throws RegisterException, TokenException
    {
        final Register register = history.applyTo(opened.register());
        final List<List<KeySpec>> laneKeys = new ArrayList<>();
        for (final TokenConfig token : config.tokens())
        {
            laneKeys.add(new ArrayList<>(config.keysIn(token).stream().map(KeyConfig::spec).toList()));
        }
        for (final KeyConfig key : config.keys())
        {
            final KeyEntry active = key.isRegistered() ? register.activeOf(key.spec().alias()) : null;
            final int tokenIndex = null == active ? -1 : tokens.names().indexOf(active.token());
            if (null != active && tokenIndex < 0)
            {
                throw new RegisterException(active + " is in the token '" + active.token() +
                    "', which the configuration does not name");
            }
            if (null != active)
            {
                laneKeys.get(tokenIndex).add(active.spec());
            }
        }
        for (int i = 0; i < laneKeys.size(); i++)
        {
            tokens.useKeys(i, laneKeys.get(i));
        }
        final KeyLanes lanes = new KeyLanes(laneKeys);
        final SlotPlan plan = new SlotPlan(config.keys(), tokens.names(), lanes);
        final List<KeySlot> slots = PassphraseMacs.ready(plan.slots(register), tokens.lanes());
        plan.onReady(slots);
        return new StartKeys(slots, opened, history, plan, lanes);
    }

    /** What wants two operators while the gateway runs must not go in by a restart. */
    void refuseWider(final PolicyConfig policy, final List<PolicyDifference> changes) throws ConfigException
    {
        final List<PolicyDifference> drift = changes.stream().filter(PolicyDifference::isDrift).toList();
        if (isRegistered() && !drift.isEmpty())
        {
            throw new ConfigException(policy.file() + ": is wider than the policy that was in force (" +
                drift.getFirst().text() + (1 == drift.size() ? "" : ", and " + (drift.size() - 1) + " more") +
                "); where operators are enrolled, that takes two of them: put the policy of before back, start, then " +
                "'policy reload'");
        }
    }

    boolean isRegistered()
    {
        return null != register;
    }

    List<KeySlot> slots()
    {
        return slots;
    }

    List<KeyConfig> configs()
    {
        return slots.stream().map(KeySlot::key).toList();
    }

    OpenRegister register()
    {
        return register;
    }

    RegisterHistory history()
    {
        return history;
    }

    SlotPlan plan()
    {
        return plan;
    }

    KeyLanes lanes()
    {
        return lanes;
    }

    @Override
    public void close()
    {
        if (null != register)
        {
            register.close();
        }
    }
}
