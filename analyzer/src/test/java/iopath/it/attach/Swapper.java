package iopath.it.attach;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Puts links in the place of iopath's folders and back, as fast as it can, until its input ends: {@code FOLDER
 * LINK-TARGET}.
 */
public final class Swapper {
    private Swapper() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        System.out.println("ready");
        long swaps = 0;
        while (System.in.available() == 0) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "iopath-????????????????")) {
                for (Path found : folders) {
                    swaps += swap(found, target);
                }
            } catch (IOException e) {
                continue;
            }
        }
        System.out.println("swapped " + swaps);
    }

    private static int swap(Path folder, Path target) {
        Path aside = folder.resolveSibling("aside");
        int swapped = 0;
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(folder, aside);
                Files.createSymbolicLink(folder, target);
                swapped = 1;
                Files.delete(folder);
                Files.move(aside, folder);
            }
        } catch (IOException e) {
            // It has gone meanwhile.
        }
        return swapped;
    }
}
