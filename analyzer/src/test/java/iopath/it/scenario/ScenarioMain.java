package iopath.it.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs one scenario: {@code CLASS.METHOD DIRECTORY DIRECTORY_ON_ANOTHER_FILE_SYSTEM PEER...}.
 *
 * <p>Opens no file and no socket of its own: what is traced is the scenario's.
 */
public final class ScenarioMain {

    private ScenarioMain() {}

    public static void main(String[] arguments) throws Exception {
        String[] name = arguments[0].split("\\.", 2);
        Method scenario = Class.forName(ScenarioMain.class.getPackageName() + "." + name[0])
                .getDeclaredMethod(name[1], Place.class);
        Place place = new Place(
                Path.of(arguments[1]), Path.of(arguments[2]), Arrays.copyOfRange(arguments, 3, arguments.length));
        try {
            scenario.invoke(null, place);
            place.result("end", "normal");
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getTargetException();
            thrown.printStackTrace();
            place.result("end", thrown);
            System.exit(1);
        }
    }
}
