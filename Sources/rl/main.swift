import Measuring
measureSeed()
