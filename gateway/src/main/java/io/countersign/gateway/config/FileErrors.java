package io.countersign.gateway.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says in words why a file cannot be used. The messages of the exceptions are no help: most are only the path.
 */
public final class FileErrors
{
    private FileErrors()
    {
    }

    /**
     * Why it failed, without the path, which stands in the message around it.
     *
     * @param cause thrown by a method that works on files.
     * @return a few words for people.
     */
    public static String reason(final IOException cause)
    {
        final String message = switch (cause)
        {
            case final AccessDeniedException ignored -> "permission denied";
            case final NoSuchFileException ignored -> "there is no such file";
            case final NotDirectoryException ignored -> "not a directory";
            case final FileSystemException ex -> ex.getReason();
            default -> cause.getMessage();
        };
        return null == message ? cause.getClass().getSimpleName() : message;
    }
}
