package io.countersign.ops.keys;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.config.RegisteredKeys;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.gateway.keys.RegisterReading;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.RecoveryEntry;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.score.Grants;
import io.countersign.ops.score.GrantsReader;
import io.countersign.ops.score.KeyLife;
import io.countersign.ops.score.KeyRole;
import io.countersign.ops.score.Oversight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What configuration, policy and key register say of the keys in one token, as far as there are any. A policy or
 * register that cannot be read is kept as a complaint: the keys are looked at all the same.
 */
final class Surroundings
{
    private final GatewayConfig config;
    private final TokenConfig token;
    private final Register register;
    private final PolicyConfig policy;
    private final List<String> complaints;
    private final String registerComplaint;

    private Surroundings(
        final GatewayConfig config,
        final TokenConfig token,
        final Register register,
        final String registerComplaint)
    {
        this.token = token;
        this.register = register;
        this.registerComplaint = registerComplaint;
        complaints = new ArrayList<>();
        this.config = null == register ? config : withRegistered(config);
        policy = null == config ? null : policy();
    }

    /**
     * Reads them.
     *
     * @param access    names configuration and token; without a configuration nothing is read.
     * @param inventory of that token.
     * @return what was found.
     * @throws TokenException when the token that has the register key is lost.
     */
    static Surroundings of(final TokenAccess access, final TokenInventory inventory) throws TokenException
    {
        final GatewayConfig config = access.config();
        if (null == config || null == config.register())
        {
            return new Surroundings(config, access.configured(), null, null);
        }
        final TokenConfig token = access.configured();
        try
        {
            return new Surroundings(config, token, register(config, token, inventory), null);
        }
        catch (final RegisterException | TokenException ex)
        {
            return new Surroundings(config, token, null, ex.getMessage());
        }
    }

    /** What could not be read or does not fit, one line each; the register's complaint is a finding instead. */
    List<String> complaints()
    {
        return complaints;
    }

    /** Why the register cannot be believed, or null. */
    String registerComplaint()
    {
        return registerComplaint;
    }

    boolean isConfigured()
    {
        return null != config;
    }

    /** The keys that a gateway has proven at its start. */
    List<KeySpec> toProve()
    {
        final List<KeySpec> specs = new ArrayList<>();
        config.keysIn(token).forEach((key) -> specs.add(key.spec()));
        entries().stream().filter(KeyEntry::signs).forEach((entry) -> specs.add(spec(entry)));
        specs.addAll(internal());
        return specs;
    }

    /** Those of them that sign with a time of long ago. */
    List<KeySpec> examples()
    {
        return config.keysIn(token).stream().filter((key) -> key.venueKey().isExample()).map(KeyConfig::spec).toList();
    }

    /** How many keys of the token the configuration knows, itself or through its register. */
    int count()
    {
        return config.keysIn(token).size() + internal().size() + (null == recovery() ? 0 : 1) +
            (int) entries().stream().filter((entry) -> KeyState.DESTROYED != entry.state()).count();
    }

    KeyRole role(final TokenKey key)
    {
        if (null == config)
        {
            return KeyRole.UNKNOWN;
        }
        if (isIn(config.masterToken()) && Arrays.equals(config.masterKey().id(), key.id()))
        {
            return KeyRole.MASTER;
        }
        if (isRegisterHere() && Arrays.equals(config.register().key().id(), key.id()))
        {
            return KeyRole.REGISTER;
        }
        if (isAuditHere() && Arrays.equals(config.audit().key().id(), key.id()))
        {
            return KeyRole.AUDIT;
        }
        if (null != recovery() && Arrays.equals(recovery().id(), key.id()))
        {
            return KeyRole.WRAPPING;
        }
        return null == alias(key) ? KeyRole.STRAY : KeyRole.VENUE;
    }

    /** The register's entry of a key, or null. */
    KeyEntry entry(final TokenKey key)
    {
        return entries().stream().filter((entry) -> Arrays.equals(entry.spec().id(), key.id())).findFirst()
            .orElse(null);
    }

    KeyLife life(final TokenKey key)
    {
        final KeyEntry entry = entry(key);
        return null == entry ? null : KeyLife.of(entry, config.register());
    }

    /** What a key is configured for, or null. */
    SigningAlgorithm algorithm(final TokenKey key)
    {
        final KeyEntry entry = entry(key);
        final KeyConfig own = own(key);
        return null != entry ? entry.spec().algorithm() : null == own ? null : own.spec().algorithm();
    }

    /** What policy grants with a key; null when that is not known. */
    Grants grants(final TokenKey key, final long nowMs)
    {
        final String alias = null == config ? null : alias(key);
        if (null == policy || null == alias)
        {
            return null;
        }
        return config.keys().stream().filter((one) -> one.spec().alias().equals(alias)).findFirst()
            .map((one) -> GrantsReader.of(policy, config.keys(), one, nowMs)).orElse(Grants.NONE);
    }

    Oversight oversight()
    {
        if (null == config || null != config.register() && null == register)
        {
            return null;
        }
        return null == register ? Oversight.NONE : new Oversight(true, (int) register.operators().stream()
            .filter((operator) -> OperatorRole.SECURITY_OFFICER == operator.role())
            .filter(OperatorEntry::isEnrolled).count());
    }

    /** Where the gateway has the PIN from, or null. */
    PinSource.Kind pin()
    {
        return null == token ? null : token.pin().kind();
    }

    KeySpec registerKey()
    {
        return config.register().key();
    }

    private static Register register(
        final GatewayConfig config, final TokenConfig token, final TokenInventory inventory)
        throws RegisterException, TokenException
    {
        if (token.name().equals(config.register().token()))
        {
            return RegisterReading.read(config.register(), inventory);
        }
        final TokenConfig other = config.tokens().stream()
            .filter((one) -> one.name().equals(config.register().token())).findFirst().orElseThrow();
        other.pin().claim();
        try (TokenInventory holder = TokenInventory.open(other.module(), other.label(), null, other.pin()))
        {
            return RegisterReading.read(config.register(), holder);
        }
    }

    /** With the active version of each registered alias in the place of what the configuration says of it. */
    private GatewayConfig withRegistered(final GatewayConfig read)
    {
        final List<KeyConfig> keys = new ArrayList<>();
        for (final KeyConfig key : read.keys())
        {
            final KeyEntry active = key.isRegistered() ? register.activeOf(key.spec().alias()) : null;
            try
            {
                keys.add(null == active ? key : RegisteredKeys.of(key, active));
            }
            catch (final ConfigException ex)
            {
                complaints.add(ex.getMessage());
                keys.add(key);
            }
        }
        return read.withKeys(keys);
    }

    private PolicyConfig policy()
    {
        try
        {
            return PolicyReader.read(config);
        }
        catch (final ConfigException ex)
        {
            complaints.add("the policy counts as unknown: " + ex.getMessage());
            return null;
        }
    }

    private static KeySpec spec(final KeyEntry entry)
    {
        final KeySpec spec = entry.spec();
        return new KeySpec(
            spec.alias(), spec.version(), spec.id(), spec.algorithm(), spec.pinned(), entry.isRecoverable());
    }

    private List<KeySpec> internal()
    {
        final List<KeySpec> specs = new ArrayList<>();
        if (isIn(config.masterToken()))
        {
            specs.add(config.masterKey());
        }
        if (isRegisterHere())
        {
            specs.add(config.register().key());
        }
        if (isAuditHere())
        {
            specs.add(config.audit().key());
        }
        return specs;
    }

    private boolean isAuditHere()
    {
        return null != config.audit() && config.audit().token().equals(token.name());
    }

    private List<KeyEntry> entries()
    {
        return null == register ? List.of() :
            register.keys().stream().filter((entry) -> entry.token().equals(token.name())).toList();
    }

    private RecoveryEntry recovery()
    {
        return null == register ? null : register.recovery(token.name());
    }

    private KeyConfig own(final TokenKey key)
    {
        return null == config ? null : config.keysIn(token).stream()
            .filter((one) -> Arrays.equals(one.spec().id(), key.id())).findFirst().orElse(null);
    }

    private String alias(final TokenKey key)
    {
        final KeyEntry entry = entry(key);
        final KeyConfig own = own(key);
        return null != entry ? entry.alias() : null == own ? null : own.spec().alias();
    }

    private boolean isIn(final TokenConfig other)
    {
        return token.equals(other);
    }

    private boolean isRegisterHere()
    {
        return null != config.register() && token.name().equals(config.register().token());
    }
}
