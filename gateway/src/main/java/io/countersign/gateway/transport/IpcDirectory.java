package io.countersign.gateway.transport;

import io.countersign.gateway.config.IngressConfig;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may open the media driver's directory: its owner, or its owner and one group. Whoever can open it can read every
 * order and write any frame, so this is the operating system's part of the answer to who a bot is.
 */
public final class IpcDirectory
{
    private static final int OWNER_ONLY_UMASK = 0077;
    private static final int OWNER_AND_GROUP_UMASK = 0007;
    private static final int DIRECTORY_MODE = 02770;
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private IpcDirectory()
    {
    }

    /**
     * Set the process's file mode creation mask, so that no file is ever open to others, not even for the moment
     * between its creation and a change of its mode.
     *
     * @param group that may enter, or null.
     */
    @SuppressWarnings("restricted")
    public static void restrictNewFiles(final String group)
    {
        final Linker linker = Linker.nativeLinker();
        try
        {
            final int previous = (int) linker.downcallHandle(
                linker.defaultLookup().find("umask").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                .invokeExact(null == group ? OWNER_ONLY_UMASK : OWNER_AND_GROUP_UMASK);
            assert previous >= 0;
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException("umask(2) cannot be called", ex);
        }
    }

    /**
     * Refuse a directory whose new files a driver's group could open, because the mask is the whole process's.
     *
     * @param directory that is the owner's alone; need not exist.
     * @param ingresses of this gateway.
     * @throws TransportException when others than the owner may enter the directory.
     */
    public static void refuseShared(
        final Path directory, final List<IngressConfig> ingresses) throws TransportException
    {
        try
        {
            if (ingresses.stream().anyMatch((ingress) -> null != ingress.group()) && Files.isDirectory(directory))
            {
                final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
                if (!OWNER.containsAll(permissions))
                {
                    throw new TransportException("directory " + directory + " is open to others (" +
                        PosixFilePermissions.toString(permissions) + "), and with an ingress that has a group so are " +
                        "the files that are made in it: run chmod 700 " + directory);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new TransportException("directory " + directory + " cannot be looked at: " + ex.getMessage());
        }
    }

    /**
     * Give what the driver has made to a group. New files below inherit the group.
     *
     * @param directory of the driver, just made by it.
     * @param group     that may enter.
     * @throws IOException when the group does not exist or is not this user's to give to.
     */
    public static void admitGroup(final Path directory, final String group) throws IOException
    {
        final GroupPrincipal principal;
        try
        {
            principal = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
        }
        catch (final UserPrincipalNotFoundException ex)
        {
            throw new IOException("there is no group '" + group + "'; expected one that 'getent group' lists", ex);
        }
        final List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory))
        {
            paths = walk.toList();
        }
        for (final Path path : paths)
        {
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setGroup(principal);
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
            {
                Files.setAttribute(path, "unix:mode", DIRECTORY_MODE);
            }
        }
    }
}
