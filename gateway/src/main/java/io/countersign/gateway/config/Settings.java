package io.countersign.gateway.config;

import io.countersign.gateway.config.TimeText.Hours;

import java.util.List;

/**
 * What a principal or a role sets; null where it sets nothing.
 *
 * @param apiKeyVersions versions of the API key.
 * @param sources        where it may come from.
 * @param expiresNs      UTC nanoseconds since 1970.
 * @param days           bits as in {@link Schedule}.
 * @param hours          of the day.
 * @param accessToken    that is presented.
 * @param messages       rate of requests.
 * @param limits         on new orders; never null.
 * @param rules          never null.
 */
record Settings(
    List<Integer> apiKeyVersions,
    List<SourceConfig> sources,
    Long expiresNs,
    Integer days,
    Hours hours,
    AccessTokenConfig accessToken,
    MessageLimit messages,
    List<WindowLimit> limits,
    List<RuleConfig> rules)
{
}
