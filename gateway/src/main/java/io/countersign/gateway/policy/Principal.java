package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.MessageLimit;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.Schedule;
import io.countersign.gateway.config.SourceConfig;

import java.util.List;

/**
 * One compiled principal or operator.
 */
final class Principal
{
    final int firstRule;
    final int endRule;
    final Account[] accounts;
    final int firstAccount;
    final long expiresNs;
    final Schedule schedule;
    final int requiredScopes;
    final String subject;
    final MessageLimit messages;
    private final int[] apiKeyVersions;
    private final List<SourceConfig> sources;
    private final int commands;

    Principal(
        final PrincipalConfig config,
        final int firstRule,
        final int endRule,
        final Account[] accounts,
        final int firstAccount)
    {
        this.firstRule = firstRule;
        this.endRule = endRule;
        this.accounts = accounts;
        this.firstAccount = firstAccount;
        expiresNs = config.expiresNs();
        schedule = config.schedule();
        requiredScopes = null == config.accessToken() ? 0 :
            config.accessToken().requiredFor().stream().mapToInt((scope) -> scope.bit()).sum();
        subject = null == config.accessToken() ? null : config.accessToken().subject();
        messages = config.messages();
        apiKeyVersions = config.apiKeyVersions().stream().mapToInt(Integer::intValue).toArray();
        sources = config.sources();
        commands = config.commands().stream().mapToInt((command) -> 1 << command.ordinal()).sum();
    }

    boolean isOperator()
    {
        return 0 != commands;
    }

    boolean mayCommand(final Command command)
    {
        return 0 != (commands & 1 << command.ordinal());
    }

    /** Whether it is in its time, as a value of Reason: what ends stays ended when the clock goes back. */
    int standing(final long utcNs, final long latestNs)
    {
        if (expiresNs <= latestNs)
        {
            return PolicyReason.PRINCIPAL_EXPIRED;
        }
        return null != schedule && !schedule.isOpen(utcNs) ? PolicyReason.OUTSIDE_HOURS : Reason.NONE.value();
    }

    boolean hasApiKeyVersion(final int apiKeyVersion)
    {
        boolean isValid = false;
        for (final int version : apiKeyVersions)
        {
            isValid |= version == apiKeyVersion;
        }
        return isValid;
    }

    boolean hasSource(final String ingress, final byte[] address)
    {
        if (sources.isEmpty())
        {
            return SourceConfig.isIpc(ingress);
        }
        for (final SourceConfig source : sources)
        {
            if (source.ingress().equals(ingress))
            {
                return SourceConfig.isIpc(ingress) ||
                    null != address && source.addresses().stream().anyMatch((range) -> range.contains(address));
            }
        }
        return false;
    }
}
