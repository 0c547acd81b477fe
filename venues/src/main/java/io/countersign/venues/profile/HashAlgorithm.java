package io.countersign.venues.profile;

/**
 * What a venue has hashed before, or besides, the signature.
 */
public enum HashAlgorithm
{
    /** SHA-256. */
    SHA_256("SHA-256", 32),

    /** SHA-384. */
    SHA_384("SHA-384", 48),

    /** SHA-512. */
    SHA_512("SHA-512", 64);

    private final String configName;
    private final int length;

    HashAlgorithm(final String configName, final int length)
    {
        this.configName = configName;
        this.length = length;
    }

    /**
     * The name in profiles and on the Java platform.
     *
     * @return for example {@code SHA-256}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * The length of a digest in bytes.
     *
     * @return 32 to 64.
     */
    public int length()
    {
        return length;
    }

    /**
     * The algorithm of a name in a profile.
     *
     * @param configName for example {@code SHA-256}.
     * @return the algorithm, or null when none has this name.
     */
    public static HashAlgorithm ofConfigName(final String configName)
    {
        for (final HashAlgorithm algorithm : values())
        {
            if (algorithm.configName.equals(configName))
            {
                return algorithm;
            }
        }
        return null;
    }
}
